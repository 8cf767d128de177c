package org.menagerie.cli.studio;

import java.io.InputStream;
import java.util.List;
import org.menagerie.cli.option.InputReader;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ZooException;
import org.menagerie.studio.SampleReader;

/** Reads the inputs of samples as {@code zoo run} reads its arguments. */
final class SampleInputs {
    private SampleInputs() {}

    static SampleReader of(Zoo zoo) {
        return (type, reference) -> {
            try {
                return new InputReader<>(zoo.inputs(type), InputStream.nullInputStream())
                        .find(List.of(reference), InputReader.Reading.BY_LOOK, remark -> {})
                        .get(0)
                        .read()
                        .call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ZooException("The sample %s cannot be read: %s".formatted(reference, e), e);
            }
        };
    }
}
