package org.menagerie.cli;

import org.menagerie.spi.DeviceUnavailableException;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.training.data.DataSpecificationException;

/** What the command's exit codes mean. 130, interrupted, is the Java virtual machine's own answer to Ctrl-C. */
final class ExitCodes {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int UNKNOWN_MODEL = 3;
    static final int INTEGRITY = 4;
    static final int DEVICE = 5;
    static final int OFFLINE = 6;

    /** What a shell says of other tools whose output nobody reads any more. */
    static final int READER_GONE = 141;

    private ExitCodes() {}

    static int of(Throwable failure) {
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
