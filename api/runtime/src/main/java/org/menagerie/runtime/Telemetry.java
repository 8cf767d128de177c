package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ONNX Runtime from collecting telemetry. Its releases for Linux and macOS do so from 1.29 on, unless the environment
 * variable {@value #VARIABLE} is set when their first class is loaded: they keep a device id and a queue of events, which
 * name graphs and files and hold every model's metadata, in the user's cache folder.
 *
 * <p>Only a user who sets the variable to 0, false, no or off has it otherwise. Java cannot set a variable of its own
 * process, so JNA does, in the C library; where that fails, ONNX Runtime is told after it has started.
 */
final class Telemetry {
    static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private static final Set<String> WANTED = Set.of("0", "false", "no", "off");
    private static final Set<String> UNWANTED = Set.of("1", "true");
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private static volatile String state = "not asked about yet";
    private static volatile boolean off;

    private Telemetry() {}

    /** Whether the user asks for telemetry. */
    static boolean wanted(Map<String, String> environment) {
        return WANTED.contains(setting(environment));
    }

    private static String setting(Map<String, String> environment) {
        return environment.getOrDefault(VARIABLE, "").strip().toLowerCase(Locale.ROOT);
    }

    /** Sets the variable, before any class of ONNX Runtime is initialized. */
    static void prepare() {
        if (wanted(System.getenv())) {
            state = "on, as %s=%s asks".formatted(VARIABLE, System.getenv(VARIABLE));
            return;
        }
        if (UNWANTED.contains(setting(System.getenv()))) {
            off = true;
            state = "off, by %s of the environment".formatted(VARIABLE);
            return;
        }
        try {
            JnaLibrary.start();
            setVariable("1");
            off = "1".equals(variable());
            state = off ? "off, by %s set in this process".formatted(VARIABLE) : VARIABLE + " cannot be set";
        } catch (ZooException | LinkageError e) {
            state = "%s cannot be set in this process: %s".formatted(VARIABLE, e.getMessage());
        }
    }

    /** Tells ONNX Runtime as well, for builds that read no variable. */
    static void confirm(OrtEnvironment environment) {
        if (wanted(System.getenv())) {
            return;
        }
        if (!off) {
            LOG.warn(
                    "ONNX Runtime's telemetry is switched off late, and may have stored some events: {}; set {}=1 in the environment",
                    state,
                    VARIABLE);
        }
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            LOG.warn("ONNX Runtime's telemetry cannot be switched off: {}", Ort.reason(e));
        }
    }

    /** How it stands, once ONNX Runtime has started. */
    static Providers.Telemetry report() {
        return new Providers.Telemetry(off, wanted(System.getenv()), state);
    }

    private static void setVariable(String value) {
        if (Platform.isWindows()) {
            // The C runtime that ONNX Runtime uses keeps a copy of the environment; _putenv changes both.
            NativeLibrary.getInstance("ucrtbase").getFunction("_putenv").invokeInt(new Object[] {VARIABLE + "=" + value
            });
        } else {
            NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {VARIABLE, value, 1});
        }
    }

    private static @Nullable String variable() {
        Function getenv = (Platform.isWindows() ? NativeLibrary.getInstance("ucrtbase") : NativeLibrary.getProcess())
                .getFunction("getenv");
        return getenv.invokeString(new Object[] {VARIABLE}, false);
    }
}
