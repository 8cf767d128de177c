package org.menagerie.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The process's output, in UTF-8 whatever the locale. Java's own streams swallow errors: a full disk would look like
 * success. Here an error on standard output is thrown as an {@link OutputException}, at once, so that a long command does
 * not go on for nobody; errors on standard error have nobody to be told to.
 */
public final class StandardStreams {
    private StandardStreams() {}

    public static PrintWriter out() {
        return writer(new Checked(new FileOutputStream(FileDescriptor.out)));
    }

    public static PrintWriter err() {
        return writer(new FileOutputStream(FileDescriptor.err));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Makes log lines of libraries, which go straight to Java's error stream, as clean as everything else. */
    public static void cleanLogs() {
        System.setErr(new CleanPrintStream(new FileOutputStream(FileDescriptor.err)));
    }

    /** Java's error stream without control characters. */
    private static final class CleanPrintStream extends PrintStream {
        CleanPrintStream(OutputStream stream) {
            super(stream, true, StandardCharsets.UTF_8);
        }

        @Override
        public void print(@Nullable String text) {
            super.print(CleanText.lines(String.valueOf(text)));
        }

        @Override
        public void print(@Nullable Object value) {
            print(String.valueOf(value));
        }
    }

    private static final class Checked extends OutputStream {
        private final OutputStream stream;

        Checked(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            try {
                stream.write(bytes, from, count);
            } catch (IOException e) {
                throw new OutputException(e);
            }
        }
    }
}
