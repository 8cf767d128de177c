package org.menagerie.cli.studio;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes the first Ctrl-C, or SIGTERM, as a wish to stop soon; the second ends the process as usual. Signals are reached by
 * reflection, because the compiler refuses their class; where a platform has none, Ctrl-C ends the process.
 */
final class StopSignal implements AutoCloseable {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

    private final Runnable onStop;
    private final AtomicInteger received = new AtomicInteger();
    private final Map<Object, Object> before = new LinkedHashMap<>();

    /** @param onStop runs once, in a thread of its own, when the first signal comes */
    StopSignal(Runnable onStop) {
        this.onStop = onStop;
        NUMBERS.forEach(this::handle);
    }

    /** Whether a signal came. */
    boolean received() {
        return received.get() != 0;
    }

    /** What a process exits with that the signal ended: 130 after Ctrl-C, 143 after SIGTERM. */
    int exitCode() {
        return 128 + received.get();
    }

    private void handle(String name, int number) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            stop(number);
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "stop on " + name;
                        };
                    });
            before.put(signal, set(signal, handler));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // The signal is not to be had, for example under nohup or -Xrs: it does what it did before.
        }
    }

    private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
        Method handle =
                signal.getClass().getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        }
    }

    private void stop(int number) {
        if (received.compareAndSet(0, number)) {
            close();
            onStop.run();
        }
    }

    /** Gives signals back their meaning. */
    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                set(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
