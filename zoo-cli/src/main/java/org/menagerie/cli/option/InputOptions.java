package org.menagerie.cli.option;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.hub.input.Inputs;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.InputLimit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of how arguments become inputs. */
public final class InputOptions {
    private static final String PIXELS = "pixels";

    @ArgGroup
    @Nullable
    Readings readings;

    /** Chooses how the arguments of a model that takes texts are read. */
    static final class Readings {
        @Option(names = "--text", description = "Take every argument as a text, even if a file has that name.")
        boolean text;

        @Option(names = "--file", description = "Take every argument as a file, folder, glob, URL or '-'.")
        boolean file;
    }

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            description = "The most pixels of a picture, up to 500,000,000 (default: 200,000,000).")
    @Nullable
    Long maxPixels;

    /** Fails if an option does not fit what a model takes. */
    public void check(String model, InputKind<?> kind) {
        if (maxPixels != null) {
            InputLimit limit = kind.limit()
                    .filter(known -> known.unit().equals(PIXELS))
                    .orElseThrow(() -> unfit("--max-pixels", "pictures", model, kind));
            if (maxPixels < 1 || maxPixels > limit.greatest()) {
                throw new InvalidInputException(
                        "--max-pixels must be 1 to %,d, not %,d".formatted(limit.greatest(), maxPixels));
            }
        }
        if (readings != null && readings.text && kind.text().isEmpty()) {
            throw unfit("--text", "texts", model, kind);
        }
    }

    private static InvalidInputException unfit(String option, String inputs, String model, InputKind<?> kind) {
        return new InvalidInputException(
                "%s is for models that take %s; model '%s' takes %s".formatted(option, inputs, model, kind.plural()));
    }

    /** The inputs that arguments name. */
    public <I> List<Found<I>> find(Inputs<I> inputs, List<String> arguments, Console console) throws IOException {
        Inputs<I> limited = maxPixels == null ? inputs : inputs.withLimit(maxPixels);
        return new InputReader<>(limited, System.in).find(arguments, reading(), console::say);
    }

    private InputReader.Reading reading() {
        return readings == null
                ? InputReader.Reading.BY_LOOK
                : readings.text ? InputReader.Reading.TEXTS : InputReader.Reading.FILES;
    }
}
