package org.menagerie.spi;

import java.util.Arrays;
import java.util.Map;

/**
 * The outcome of running a network on a prepared batch, and the network itself for decoders that call it again.
 *
 * @param outputs the network's outputs by name
 * @param network the network that gave them
 */
public record Inference(Map<String, Tensor> outputs, Network network) {
    public Inference {
        outputs = Map.copyOf(outputs);
    }

    /** The output with a name. */
    public Tensor output(String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "The network has no output '%s'; it has %s".formatted(name, outputs.keySet()));
        }
        return tensor;
    }

    /**
     * An output of float32 numbers for a batch, checked so that a network that does not fit its card is an error and never a
     * wrong answer.
     *
     * @param card of the model, whose name errors give
     * @param batch the number of inputs, the first extent
     * @param axes the other extents, −1 for any but 0; none where only their product counts
     * @throws CardException if the output is missing, or has another type or shape
     */
    public Tensor output(String name, ModelCard card, int batch, long... axes) {
        return output(name, card, ElementType.FLOAT32, batch, axes);
    }

    /**
     * The same of another element type, such as classes as int64.
     *
     * @throws CardException if the output is missing, or has another type or shape
     */
    public Tensor output(String name, ModelCard card, ElementType element, int batch, long... axes) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new CardException("The network of model '%s' has no output '%s', which its card names; it has %s"
                    .formatted(card.name(), name, outputs.keySet()));
        }
        long[] dims = tensor.shape().dims();
        boolean fits = tensor.elementType() == element
                && dims.length > 0
                && dims[0] == batch
                && tensor.size() > 0
                && (axes.length == 0 || dims.length == axes.length + 1);
        for (int i = 0; fits && i < axes.length; i++) {
            fits = axes[i] < 0 || axes[i] == dims[i + 1];
        }
        if (!fits) {
            String others =
                    axes.length == 0 ? "any extents" : Arrays.toString(axes).replace("-1", "any");
            throw new CardException("Output '%s' of model '%s' is %s; expected %s for a batch of %d, then %s"
                    .formatted(name, card.name(), tensor, element.shortName(), batch, others));
        }
        return tensor;
    }
}
