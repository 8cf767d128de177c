package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.contract.Together;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Splits;

/**
 * What every kind of data set must satisfy. A plugin's test extends this class, supplies the kind, and writes the files of a
 * small data set.
 */
public abstract class DatasetContract {
    /** Examples of a part whose values are looked at. */
    private static final int LOOKED_AT = 300;

    @TempDir
    Path folder = Path.of("");

    private String location = "";

    /** The kind under test. */
    protected abstract DatasetKind kind();

    /**
     * Writes the files of a data set whose parts hold at least two examples each.
     *
     * @return the location at which {@link #kind} opens them
     */
    protected abstract String write(Path folder) throws IOException;

    /** Where the kind finds published files and other data sets; nothing unless overridden. */
    protected DataFiles files() {
        return DataFiles.NONE;
    }

    /** The columns that networks and losses know, by name, type and number of axes. */
    protected List<Column> columns() {
        return Columns.KNOWN;
    }

    /** The place among the columns of the one by which two examples are the same, such as the picture. */
    protected int key() {
        return 0;
    }

    /** How many different examples are published in several parts, though the parts do not overlap. */
    protected int publishedTwice() {
        return 0;
    }

    @BeforeEach
    void writeFiles() throws IOException {
        location = write(folder);
    }

    private Splits splits() {
        return kind().open(location, files());
    }

    private static List<Dataset> parts(Splits splits) {
        return Splits.PARTS.stream().map(splits::part).toList();
    }

    /** The first examples. */
    private static int[] first(Dataset part, int most) {
        return IntStream.range(0, Math.min(most, part.size())).toArray();
    }

    @Test
    @DisplayName(
            "Rule 1: the parts hold examples of the same columns and classes; the hash tells equal data and no others")
    void rule1Parts() {
        Splits splits = splits();
        Splits anew = splits();
        Set<String> hashes = new HashSet<>();
        for (String name : Splits.PARTS) {
            Dataset part = splits.part(name);
            assertThat(part.size()).as("examples of %s", name).isGreaterThan(1);
            assertThat(part.info().columns()).isEqualTo(splits.train().info().columns());
            assertThat(part.info().labels()).isEqualTo(splits.train().info().labels());
            assertThat(part.info().vocabulary()).isEqualTo(splits.train().info().vocabulary());
            assertThat(part.info()).isEqualTo(anew.part(name).info());
            hashes.add(part.info().sha256());
        }
        assertThat(hashes).as("hashes of the parts").hasSize(3);
    }

    @Test
    @DisplayName("Rule 2: batches have the columns that are declared, of names and types that networks know")
    void rule2Columns() {
        Splits splits = splits();
        for (Dataset part : parts(splits)) {
            for (int size = 1; size <= 2; size++) {
                Map<String, Tensor> batch = part.batch(first(part, size));
                List<Column> declared = part.info().columns();
                assertThat(batch.keySet())
                        .containsExactlyInAnyOrderElementsOf(
                                declared.stream().map(Column::name).toList());
                Map<String, Long> extents = new HashMap<>(Map.of("B", (long) size));
                declared.forEach(column -> assertDeclared(column, Column.in(batch, column.name()), extents));
            }
        }
        assertThat(splits.train().info().columns())
                .allSatisfy(column -> assertThat(columns()).anyMatch(known -> isLike(known, column)));
    }

    static boolean isLike(Column known, Column column) {
        return known.name().equals(column.name())
                && known.elementType() == column.elementType()
                && known.axes().size() == column.axes().size();
    }

    private static void assertDeclared(Column column, Tensor tensor, Map<String, Long> extents) {
        assertThat(tensor.elementType()).as(column.name()).isEqualTo(column.elementType());
        long[] dims = tensor.shape().dims();
        assertThat(dims.length)
                .as("axes of %s", column.name())
                .isEqualTo(column.axes().size());
        for (int axis = 0; axis < dims.length; axis++) {
            String name = column.axes().get(axis);
            long expected = name.matches("\\d+") ? Long.parseLong(name) : extents.computeIfAbsent(name, unseen -> -1L);
            assertThat(dims[axis])
                    .as("extent %s of %s", name, column.name())
                    .isEqualTo(expected < 0 ? dims[axis] : expected);
            extents.put(name, dims[axis]);
        }
    }

    @Test
    @DisplayName("Rule 3: an example has the same bytes again, alone and among others, opened anew, in any memory")
    void rule3SameBytes() {
        Splits splits = splits();
        Splits anew = splits();
        for (String name : Splits.PARTS) {
            Dataset part = splits.part(name);
            BatchMemory memory = new BatchMemory();
            Map<String, Tensor> kept = part.batch(new int[] {0}, memory);
            String alone = bytes(kept);
            part.batch(new int[] {1}, new BatchMemory());
            assertThat(bytes(kept)).as("after another batch of %s", name).isEqualTo(alone);
            assertThat(bytes(part.batch(0))).isEqualTo(alone);
            int[] indices = {1, 0};
            String both = bytes(part.batch(indices));
            assertThat(bytes(part.batch(indices, memory))).as("used memory").isEqualTo(both);
            assertThat(bytes(anew.part(name).batch(indices)))
                    .as("%s opened anew", name)
                    .isEqualTo(both);
            Map<String, Tensor> batch = part.batch(1, 0);
            part.batch(0).forEach((column, single) -> {
                Tensor among = Column.in(batch, column);
                // Texts may be padded to the longest of a batch.
                if (among.size() == 2 * single.size()) {
                    assertThat(Arrays.copyOfRange(raw(among), raw(single).length, raw(among).length))
                            .as("%s among others", column)
                            .isEqualTo(raw(single));
                }
            });
        }
    }

    private static String bytes(Map<String, Tensor> batch) {
        StringBuilder text = new StringBuilder();
        batch.keySet().stream()
                .sorted()
                .forEach(name -> text.append(name)
                        .append(' ')
                        .append(Column.in(batch, name))
                        .append(' ')
                        .append(Arrays.hashCode(raw(Column.in(batch, name))))
                        .append('\n'));
        return text.toString();
    }

    private static byte[] raw(Tensor tensor) {
        byte[] bytes = new byte[tensor.bytes().capacity()];
        tensor.bytes().duplicate().get(0, bytes);
        return bytes;
    }

    @Test
    @DisplayName("Rule 4: many threads get what one gets")
    void rule4Threads() throws InterruptedException, ExecutionException {
        for (Dataset part : parts(splits())) {
            String expected = bytes(part.batch(1)) + bytes(part.batch(0));
            assertThat(Together.call(() -> bytes(part.batch(1)) + bytes(part.batch(0))))
                    .allMatch(expected::equals);
        }
    }

    @Test
    @DisplayName("Rule 5: the parts do not overlap")
    void rule5Overlap() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Dataset part : parts(splits())) {
            String key = part.info().columns().get(key()).name();
            Set<String> own = new HashSet<>();
            BatchMemory memory = new BatchMemory();
            for (int i = 0; i < part.size(); i++) {
                own.add(Fingerprint.of(Column.in(part.batch(new int[] {i}, memory), key)));
            }
            own.stream().filter(seen::contains).forEach(twice::add);
            seen.addAll(own);
        }
        assertThat(twice).as("examples in several parts").hasSize(publishedTwice());
    }

    @Test
    @DisplayName("Rule 6: labels are those of the classes, and values keep to the range that is stated")
    void rule6Labels() {
        for (Dataset part : parts(splits())) {
            int classes = part.info().labels().size();
            Map<String, Tensor> batch = part.batch(first(part, LOOKED_AT));
            for (Column column : part.info().columns()) {
                if (column.elementType() != ElementType.INT64) {
                    continue;
                }
                long[] values = Column.in(batch, column.name()).toLongArray();
                long least = Arrays.stream(values).min().orElse(0);
                long greatest = Arrays.stream(values).max().orElse(0);
                String as = "%s of %s, %d to %d"
                        .formatted(column.name(), part.info().name(), least, greatest);
                part.range(column.name())
                        .ifPresent(range -> assertThat(range.least() <= least && greatest <= range.greatest())
                                .as("%s within %s", as, range)
                                .isTrue());
                if (column.name().endsWith("label")) {
                    boolean mayBeNone = column.axes().size() > 1;
                    assertThat(least >= (mayBeNone ? -1 : 0) && greatest < classes)
                            .as("%s within %d classes", as, classes)
                            .isTrue();
                }
            }
        }
    }

    @Test
    @DisplayName("Rule 7: an index outside of the part is refused, alone and among others")
    void rule7Indices() {
        for (Dataset part : parts(splits())) {
            for (int index : new int[] {-1, part.size(), Integer.MAX_VALUE}) {
                assertThatThrownBy(() -> part.batch(index)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> part.batch(0, index)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    @DisplayName("Rule 8: a file that is missing, cut off or something else is an error that names it")
    void rule8Files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            Files.delete(file);
            assertMissing(file);
            Files.write(file, Arrays.copyOf(sound, sound.length / 2 + 1));
            assertNamed(file, "is cut off");
            Files.write(
                    file, new byte[] {(byte) 0xFF, 0, (byte) 0xFE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
            assertNamed(file, "is something else");
            Files.write(file, new byte[0]);
            assertNamed(file, "is empty");
            Files.write(file, sound);
        }
        assertThat(splits().train().batch(0)).isNotEmpty();
    }

    /** Checks what a file that is not there means; an error that names it unless overridden. */
    protected void assertMissing(Path file) {
        assertNamed(file, "is missing");
    }

    /** The folder in which the files are. */
    protected final Path folder() {
        return folder;
    }

    /** A format may be compressed or not: the file's name without its ending will do. */
    private void assertNamed(Path file, String fault) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        assertThatThrownBy(() -> parts(splits()).forEach(part -> part.batch(first(part, Integer.MAX_VALUE))))
                .as("where %s %s", name, fault)
                .isInstanceOf(ZooException.class)
                .hasMessageContaining(name);
    }
}
