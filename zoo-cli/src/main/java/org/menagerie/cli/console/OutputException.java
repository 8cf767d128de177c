package org.menagerie.cli.console;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard output takes no more: its disk is full, or whoever read it has gone. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int CHAIN = 20;

    private final String reason;

    OutputException(IOException cause) {
        super("Standard output cannot be written: " + cause.getMessage(), cause);
        this.reason = String.valueOf(cause.getMessage());
    }

    /** True if the reader of a pipe has gone, which ends other tools without a word. */
    public boolean readerHasGone() {
        return reason.toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** The failed output among a failure's causes. */
    public static @Nullable OutputException among(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CHAIN; i++) {
            if (cause instanceof OutputException output) {
                return output;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
