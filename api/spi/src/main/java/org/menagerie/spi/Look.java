package org.menagerie.spi;

/**
 * Another look at an input, for test-time augmentation: the same thing mirrored, moved or made smaller. A model that is given
 * looks runs its network on the input and on each view of it, and its {@link MergingDecoder} answers from all of them.
 * Thread-safe.
 *
 * @param <I> the input of the task
 */
public interface Look<I> {
    /** What the network sees in place of the input. */
    I view(I input);

    /**
     * Where the network's input came from in the input itself.
     *
     * @param seen what the preprocessor remembers of the view
     * @param input the input that the view was made of
     */
    Origin origin(Origin seen, I input);
}
