package org.menagerie.cli.console;

import org.menagerie.spi.DeviceUnavailableException;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.training.data.DataSpecificationException;

/** What the command's exit codes mean. 130, interrupted, is the Java virtual machine's own answer to Ctrl-C. */
public final class ExitCodes {
    public static final int OK = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;
    public static final int UNKNOWN_MODEL = 3;
    public static final int INTEGRITY = 4;
    static final int DEVICE = 5;
    public static final int OFFLINE = 6;

    /** What a shell says of other tools whose output nobody reads any more. */
    public static final int READER_GONE = 141;

    private ExitCodes() {}

    public static int of(Throwable failure) {
        if (failure instanceof SettingException || failure instanceof DataSpecificationException) {
            return USAGE;
        }
        if (failure instanceof UnknownModelException) {
            return UNKNOWN_MODEL;
        }
        if (failure instanceof IntegrityException) {
            return INTEGRITY;
        }
        if (failure instanceof DeviceUnavailableException) {
            return DEVICE;
        }
        return failure instanceof OfflineException ? OFFLINE : FAILURE;
    }
}
