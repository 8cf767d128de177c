package org.menagerie.cli.run;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.TextGenerator;

/** Shows texts on a terminal while a model writes them, each followed by its score. */
record LiveTexts<I>(TextGenerator<I> generator, Console console) {
    /**
     * Writes a text for each input.
     *
     * @return the exit code
     */
    int write(List<Found<I>> inputs) throws Exception {
        PrintWriter out = console.out();
        List<String> failures = new ArrayList<>();
        for (Found<I> input : inputs) {
            if (inputs.size() > 1) {
                out.println(input.name());
            }
            try {
                GeneratedText written = generator.write(input.read().call(), piece -> {
                    out.print(piece.text());
                    out.flush();
                });
                out.printf("  %8.4f%n", written.score());
            } catch (InvalidInputException e) {
                failures.add("%s: %s".formatted(input.name(), e.getMessage()));
            }
        }
        failures.forEach(console::say);
        return failures.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
