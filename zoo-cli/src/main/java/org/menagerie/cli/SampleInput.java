package org.menagerie.cli;

import java.io.InputStream;
import java.util.List;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.input.Inputs;
import org.menagerie.spi.ZooException;

/** Inputs as a card's samples name them: a resource on the class path, else as {@code zoo run} reads its arguments. */
final class SampleInput {
    private static final String RESOURCE = "resource:";

    private SampleInput() {}

    /**
     * Reads one.
     *
     * @param type what the model takes
     */
    static <I> I read(Zoo zoo, Class<I> type, String reference) throws Exception {
        Inputs<I> inputs = zoo.inputs(type);
        if (!reference.startsWith(RESOURCE)) {
            return new InputReader<>(inputs, InputStream.nullInputStream())
                    .find(List.of(reference), InputReader.Reading.BY_LOOK, remark -> {})
                    .get(0)
                    .read()
                    .call();
        }
        String path = reference.substring(RESOURCE.length());
        try (InputStream in = zoo.hub().options().classLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new ZooException("The sample %s is not on the class path".formatted(reference));
            }
            return inputs.decode(in.readAllBytes(), reference);
        }
    }
}
