package org.menagerie.training.data;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * A transform whose failures name it.
 *
 * @param name what the user calls it, for example {@code Augmentation 'crop'}
 */
public record NamedTransform(String name, Transform transform) implements Transform {
    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        named(() -> transform.apply(batch, random));
    }

    @Override
    public void requireFit(Map<String, Tensor> batch) {
        named(() -> transform.requireFit(batch));
    }

    private void named(Runnable use) {
        try {
            use.run();
        } catch (InvalidInputException e) {
            throw new InvalidInputException("%s does not fit the data: %s".formatted(name, e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new ZooException("%s failed: %s".formatted(name, e), e);
        }
    }
}
