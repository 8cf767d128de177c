package org.menagerie.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.InputOptions;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.input.Inputs;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.tensor.TensorArguments;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * The one input that a command explains, as the user named it.
 *
 * @param model what the user called the model
 * @param arguments the inputs' files or texts
 */
record ExplainedInput(CommonOptions common, InputOptions reading, String model, List<String> arguments) {
    /** The tensors of a network without a card. */
    Map<String, Tensor> tensors(Path file, ZooOptions options) throws IOException {
        try (OnnxSession session = OnnxSession.open(file, options.session())) {
            return new TensorArguments(session.inputs(), System.in).read(arguments);
        }
    }

    /** The input of a model with a card. */
    <I> I of(Inputs<I> known) throws IOException {
        common.fromArguments(() -> {
            reading.check(model, known.kind());
            return known;
        });
        List<Found<I>> found = reading.find(known, arguments, common.console());
        if (found.size() != 1) {
            throw common.wrongUse("One input is explained at a time; found %d".formatted(found.size()));
        }
        try {
            return found.get(0).read().call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ZooException(
                    "%s cannot be read: %s".formatted(found.get(0).name(), e.getMessage()), e);
        }
    }
}
