package org.menagerie.studio;

import java.util.function.Supplier;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;

/** An option of a call that cannot be followed: found before anything is trained or written. */
public final class UnfitOptionException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    private final String option;

    UnfitOptionException(String option, String message) {
        super(message);
        this.option = option;
    }

    private UnfitOptionException(String option, RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.option = option;
    }

    /** The component of the options record that is at fault, for example {@code size}; empty if it is not one alone. */
    public String option() {
        return option;
    }

    /** Runs a check that depends on options alone, and reports its failure as a failure of the option. */
    static <T> T checked(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnfitOptionException e) {
            throw e;
        } catch (ZooException | IllegalArgumentException e) {
            throw new UnfitOptionException(option, e);
        }
    }
}
