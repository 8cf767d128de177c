package org.menagerie.text.generation;

import java.util.List;
import java.util.Locale;
import org.menagerie.spi.answer.AnswerKind;

/** Generated texts: a line each with its score; the picture {@value #ATTENTION} shows what the first one attended to. */
public final class GeneratedTextsAnswer {
    /** The picture of what each token of the first text attended to. */
    public static final String ATTENTION = "attention";

    private GeneratedTextsAnswer() {}

    /** How generated texts are told. */
    public static AnswerKind<GeneratedTexts> kind() {
        return new AnswerKind<>(GeneratedTexts.class, (written, view) -> text(written))
                .image(ATTENTION, Object.class, (input, written, view) -> AttentionPlot.of(written))
                .table(
                        List.of("text", "score"),
                        (written, view) -> written.texts().stream()
                                .map(text -> List.<Object>of(text.text(), text.score()))
                                .toList());
    }

    private static List<String> text(GeneratedTexts written) {
        return written.texts().isEmpty()
                ? List.of("nothing written")
                : written.texts().stream()
                        .map(item -> String.format(Locale.ROOT, "%8.4f  %s", item.score(), item.text()))
                        .toList();
    }
}
