package org.menagerie.decoding;

/** When a beam search is done with an input, before every hypothesis has reached the greatest length. */
public sealed interface Stopping {
    /**
     * When there are as many ended hypotheses as are wanted and no open one can overtake them at any length. An ended hypothesis
     * keeps its place in the beam, so the beam of open ones narrows (as in Cho 2014's decoder).
     */
    record NothingCanWin() implements Stopping {}

    /**
     * When so many hypotheses have ended, whether or not an open one could still win. Ended ones leave the beam, which keeps its
     * width.
     */
    record AfterEnded(int count) implements Stopping {
        public AfterEnded {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "A search that stops after %d ended hypotheses; expected 1 or more".formatted(count));
            }
        }
    }
}
