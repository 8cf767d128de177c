package org.menagerie.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.hub.BatchRun;
import org.menagerie.hub.BatchRun.Answered;
import org.menagerie.hub.answer.ImageFiles;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;

/** Prints answers as they come, and draws them where that is asked for. */
final class AnswerPrinter<I, O> implements BatchRun.Listener<I, O> {
    private final AnswerOptions options;
    private final Console console;
    private final String model;
    private final String device;
    private final AnswerView view;
    private final boolean several;
    private final @Nullable ImageFiles drawings;
    private final @Nullable ImageFiles maps;
    private final Similarity vectors = new Similarity();
    private final List<String> failures = new ArrayList<>();

    /**
     * A printer of a model's answers.
     *
     * @param several true if there are several inputs, whose names are printed
     */
    AnswerPrinter(AnswerOptions options, Console console, String model, String device, AnswerView view, boolean several)
            throws IOException {
        this.options = options;
        this.console = console;
        this.model = model;
        this.device = device;
        this.view = view;
        this.several = several;
        this.drawings = options.draw == null ? null : ImageFiles.to("--draw", options.draw, several);
        this.maps = options.attention == null ? null : ImageFiles.to("--attention", options.attention, false);
    }

    @Override
    public void answered(Answered<I, O> answered) {
        O answer = answered.answer();
        AnswerView told = view.of(answered.input());
        if (answer != null) {
            write(drawings, answered.name(), AnswerKind.DRAWING, answer, told);
            write(maps, answered.name(), AnswerOptions.ATTENTION, answer, told);
        }
        Optional<float[]> vector = options.similarity ? told.vector(answer) : Optional.empty();
        if (vector.isPresent()) {
            vectors.add(answered.name(), vector.get());
        } else if (options.json) {
            console.out().println(json(answered, told));
        } else {
            if (several) {
                console.out().println(answered.name());
            }
            told.text(answer).forEach(line -> console.out().println(several ? "  " + line : line));
        }
    }

    private void write(@Nullable ImageFiles files, String name, String picture, Object answer, AnswerView told) {
        if (files != null) {
            told.image(picture, answer).ifPresent(drawn -> console.say("Wrote " + files.write(name, drawn)));
        }
    }

    private ObjectNode json(Answered<I, O> answered, AnswerView told) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("input", answered.name())
                .put("model", model)
                .put("device", device)
                .put("millis", Math.round(answered.millis() * 1000) / 1000.0);
        line.set("result", told.json(answered.answer()));
        return line;
    }

    @Override
    public void failed(String reason) {
        failures.add(reason);
    }

    /** Prints what only all answers together give, and the failures; the exit code. */
    int end() {
        if (options.similarity && options.json) {
            console.out().println(vectors.json(model));
        } else if (options.similarity) {
            vectors.lines().forEach(console.out()::println);
        }
        failures.forEach(console::say);
        return failures.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
