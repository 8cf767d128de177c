package org.menagerie.audio;

import java.util.List;
import org.menagerie.spi.answer.AnswerKind;

/** Speech: its segments in seconds, a line each. */
final class SpeechAnswer {
    private SpeechAnswer() {}

    static AnswerKind<Speech> kind() {
        return new AnswerKind<>(
                        Speech.class,
                        (speech, view) -> speech.toString().lines().toList())
                .table(
                        List.of("start", "end"),
                        (speech, view) -> speech.segments().stream()
                                .map(segment -> List.<Object>of(segment.start(), segment.end()))
                                .toList());
    }
}
