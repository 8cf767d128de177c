package org.menagerie.training.optimizer;

import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;

/**
 * The number of examples per step that an optimizer takes.
 *
 * @param size the number that applies if a recipe states none; {@link #ALL} for all examples
 * @param fixed whether a recipe may not state another number
 */
public record BatchRule(int size, boolean fixed) {
    /** The batch size that stands for the whole data. */
    public static final int ALL = 0;

    public BatchRule {
        if (size < 0) {
            throw new IllegalArgumentException("A batch has at least one example; found " + size);
        }
    }

    /** A default that recipes may replace. */
    public static BatchRule of(int size) {
        return new BatchRule(size, false);
    }

    /** The only size that the optimizer takes. */
    public static BatchRule only(int size) {
        return new BatchRule(size, true);
    }

    /**
     * The size for a recipe.
     *
     * @param optimizer its name, for the error
     * @param stated what the recipe states
     * @throws InvalidInputException if the optimizer takes another size only
     */
    public int size(String optimizer, @Nullable Integer stated) {
        if (fixed && stated != null && stated != size) {
            throw new InvalidInputException("%s takes %s examples a step, not %d; leave batchSize out, or take sgd"
                    .formatted(optimizer, this, stated));
        }
        return stated == null ? size : stated;
    }

    /** The size as options spell it. */
    @Override
    public String toString() {
        return size == ALL ? "all" : Integer.toString(size);
    }
}
