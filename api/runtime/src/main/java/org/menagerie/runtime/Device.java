package org.menagerie.runtime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.ZooException;

/**
 * Where a graph runs.
 *
 * @param kind the kind of device
 * @param index which one of its kind; 0 unless {@code kind} is {@link Kind#CUDA}
 */
public record Device(Kind kind, int index) {
    /** CUDA where its libraries load, else the CPU. */
    public static final Device AUTO = new Device(Kind.AUTO, 0);

    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern SYNTAX = Pattern.compile("auto|cpu|cuda(?::(\\d{1,3}))?");

    /** The kinds of device. */
    public enum Kind {
        /** CUDA where its libraries load, else the CPU, with one log line that says why. */
        AUTO,
        CPU,
        /** The NVIDIA GPU with an index; never replaced by the CPU. */
        CUDA
    }

    public Device {
        if (index < 0 || (index > 0 && kind != Kind.CUDA)) {
            throw new IllegalArgumentException("Device %s has no index %d".formatted(kind, index));
        }
    }

    /** The CUDA device with an index, as {@code nvidia-smi} counts them. */
    public static Device cuda(int index) {
        return new Device(Kind.CUDA, index);
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws ZooException naming the alternatives
     */
    public static Device parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ZooException("Unknown device '%s'; expected one of auto, cpu, cuda, cuda:N (for example cuda:1)"
                    .formatted(text));
        }
        String index = matcher.group(1);
        if (matcher.group().startsWith("cuda")) {
            return cuda(index == null ? 0 : Integer.parseInt(index));
        }
        return matcher.group().equals("cpu") ? CPU : AUTO;
    }

    /** In the syntax that {@link #parse} reads: {@code auto}, {@code cpu}, {@code cuda:0}. */
    @Override
    public String toString() {
        return kind == Kind.CUDA ? "cuda:" + index : kind.name().toLowerCase(Locale.ROOT);
    }
}
