package org.menagerie.contract;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;

/** Pictures of one pixel in a file of lines, three to a part, each with the class of its parity. */
class NumbersData implements DatasetKind {
    static final String FILE = "numbers.txt";
    static final String TEXT = "0\n1\n2\n3\n4\n5\n6\n7\n8\nend\n";

    @Override
    public Splits open(String location, DataFiles files) {
        Dataset all = all(read(Path.of(location)));
        return new Splits(part(all, "train", 0, 3), part(all, "validation", 3, 6), part(all, "test", 6, 9));
    }

    Dataset part(Dataset all, String name, int from, int to) {
        return Subset.range(all, name, from, to);
    }

    Dataset all(List<Float> values) {
        return new Numbers(values, info(values));
    }

    static DatasetInfo info(List<Float> values) {
        return new DatasetInfo(
                "numbers",
                HexFormat.of().toHexDigits(values.hashCode()).repeat(8),
                List.of(Column.of("image", "f32[B,1,1,1]"), Column.of("label", "i64[B]")),
                List.of("even", "odd"));
    }

    List<Float> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 10 || !lines.get(9).equals("end")) {
                throw new InvalidInputException(file + " does not hold nine numbers");
            }
            return lines.subList(0, 9).stream().map(Float::valueOf).toList();
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read: " + e, e);
        }
    }

    /** Nine pictures. */
    static class Numbers implements Dataset {
        final List<Float> values;
        private final DatasetInfo info;

        Numbers(List<Float> values, DatasetInfo info) {
            this.values = values;
            this.info = info;
        }

        @Override
        public DatasetInfo info() {
            return info;
        }

        @Override
        public int size() {
            return values.size();
        }

        float value(int index) {
            return values.get(Objects.checkIndex(index, size()));
        }

        long label(float value) {
            return (long) value % 2;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            Tensor image = memory.tensor("image", ElementType.FLOAT32, indices.length, 1, 1, 1);
            Tensor label = memory.tensor("label", ElementType.INT64, indices.length);
            FloatBuffer pixels = image.floats();
            for (int i = 0; i < indices.length; i++) {
                float value = value(indices[i]);
                pixels.put(i, value);
                label.longs().put(i, label(value));
            }
            return Map.of("image", image, "label", label);
        }
    }
}
