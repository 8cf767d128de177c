package org.menagerie.studio;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.input.Inputs;
import org.menagerie.spi.ZooException;

/**
 * Inputs as a card's samples name them: a resource on the class path, else what another reader makes of it.
 *
 * @param others reads references that are not resources
 */
record SampleInput(Zoo zoo, SampleReader others) implements SampleReader {
    private static final String RESOURCE = "resource:";

    /** Inputs as they are where they can be typed, and else from files. */
    static SampleReader typedOrFile(Zoo zoo) {
        return (type, reference) -> typedOrFile(zoo.inputs(type), reference);
    }

    private static <I> I typedOrFile(Inputs<I> inputs, String reference) {
        Function<String, I> typed = inputs.kind().text().orElse(null);
        if (typed != null) {
            return typed.apply(reference);
        }
        try {
            return inputs.files(reference).get(0).read().call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw unreadable(reference, e);
        }
    }

    @Override
    public Object read(Class<?> type, String reference) {
        if (!reference.startsWith(RESOURCE)) {
            return others.read(type, reference);
        }
        String path = reference.substring(RESOURCE.length());
        try (InputStream in = zoo.hub().options().classLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new ZooException("The sample %s is not on the class path".formatted(reference));
            }
            return zoo.inputs(type).decode(in.readAllBytes(), reference);
        } catch (IOException e) {
            throw unreadable(reference, e);
        }
    }

    private static ZooException unreadable(String reference, Exception cause) {
        return new ZooException("The sample %s cannot be read: %s".formatted(reference, cause), cause);
    }
}
