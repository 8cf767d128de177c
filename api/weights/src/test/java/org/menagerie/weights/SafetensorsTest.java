package org.menagerie.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

class SafetensorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyElementTypeSurvivesReadingAndMapping(ElementType type) {
        Tensor tensor = Tensor.allocate(type, 2, 3);
        byte[] random = new byte[tensor.bytes().capacity()];
        new Random(type.onnxCode()).nextBytes(random);
        tensor.bytes().put(random);
        Path file = folder.resolve("one.safetensors");
        new Safetensors(Map.of("x", tensor), Map.of()).write(file);
        for (Safetensors back : List.of(Safetensors.read(file), Safetensors.map(file))) {
            Tensor x = back.tensor("x");
            assertThat(x).hasToString(tensor.toString());
            assertThat(x.bytes()).isEqualTo(tensor.bytes());
        }
    }

    @Test
    void orderMetadataScalarsAndEmptyTensorsSurvive() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z.mask", Tensor.of(new boolean[] {true, false, true}, 3));
        tensors.put("a.weight", Tensor.of(new float[] {1, -2.5f}, 2, 1));
        tensors.put("step", Tensor.scalar(7L));
        tensors.put("nothing", Tensor.of(new float[0], 0, 4));
        Path file = folder.resolve("deep/er/m.safetensors");
        new Safetensors(tensors, Map.of("note", "é \"quoted\"\n")).write(file);

        Safetensors back = Safetensors.read(file);
        assertThat(back.tensors().keySet()).containsExactly("z.mask", "a.weight", "step", "nothing");
        assertThat(back.metadata()).containsExactly(Map.entry("note", "é \"quoted\"\n"));
        assertThat(back.tensor("a.weight").toFloatArray()).containsExactly(1, -2.5f);
        assertThat(back.tensor("step").shape().rank()).isZero();
        assertThat(back.tensor("step").toLongArray()).containsExactly(7);
        assertThat(back.tensor("nothing")).hasToString("f32[0,4]");
    }

    @Test
    void theBytesAreTheFormats() throws IOException, NoSuchAlgorithmException {
        Path file = folder.resolve("m.safetensors");
        new Safetensors(Map.of("w", Tensor.of(new float[] {1}, 1)), Map.of()).write(file);
        // Written by hand from the format's description: the header's length, the header padded to eights, 1.0f.
        String header = "{\"__metadata__\":{\"menagerie.checksum\":\"menagerie-sha256:%s\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        int length = header.length() + 62;
        int padded = (length + 7) / 8 * 8;
        byte[] blank = ByteBuffer.allocate(8 + padded + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put((header.formatted("0".repeat(64)) + " ".repeat(padded - length)).getBytes(StandardCharsets.UTF_8))
                .putFloat(1)
                .array();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blank));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8)).isEqualTo(header.formatted(digest));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1).replace(digest, "0".repeat(64)))
                .isEqualTo(new String(blank, StandardCharsets.ISO_8859_1));
    }

    @Test
    void everyFlippedBitOfAFileIsRefused() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("layer.weight", Tensor.of(new float[] {1, -2, 3e-8f}, 3));
        tensors.put("step", Tensor.scalar(70L));
        tensors.put("mask", Tensor.of(new boolean[] {true, false}, 2));
        new Safetensors(tensors, Map.of("history", "[{\"epoch\":1,\"best\":true}]")).write(whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = file(flipped);
            assertThatThrownBy(() -> Safetensors.read(file))
                    .as("bit %d", bit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not a valid safetensors file");
            assertThatThrownBy(() -> Safetensors.map(file)).isInstanceOf(InvalidInputException.class);
        }
        assertThat(Safetensors.read(file(bytes)).metadata().keySet()).containsExactly("history");
    }

    @Test
    void aCopyOfAFileThatWasReadIsTheSameFile() throws IOException {
        Path first = folder.resolve("first.safetensors");
        new Safetensors(Map.of("w", Tensor.of(new float[] {1}, 1)), Map.of("k", "v")).write(first);
        Path second = folder.resolve("second.safetensors");
        Safetensors.read(first).write(second);
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void aFileWithUnalignedTensorsIsReadAndMapped() throws IOException {
        byte[] data = {9, 0, 0, (byte) 0x80, 0x3f};
        Path file = raw(
                "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"f\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[1,5]}}",
                data);
        assertThat(Safetensors.read(file).tensor("f").toFloatArray()).containsExactly(1f);
        assertThat(Safetensors.map(file).tensor("f").toFloatArray()).containsExactly(1f);
    }

    @Test
    void aMappedTensorCannotBeWrittenAndOutlivesTheFilesReplacement() {
        Path file = folder.resolve("m.safetensors");
        new Safetensors(Map.of("w", Tensor.of(new float[] {1, 2}, 2)), Map.of()).write(file);
        Tensor mapped = Safetensors.map(file).tensor("w");
        assertThatThrownBy(() -> mapped.floats().put(0, 5f)).isInstanceOf(ReadOnlyBufferException.class);
        new Safetensors(Map.of("w", Tensor.of(new float[] {3, 4}, 2)), Map.of()).write(file);
        assertThat(mapped.toFloatArray()).containsExactly(1, 2);
        assertThat(Safetensors.map(file).tensor("w").toFloatArray()).containsExactly(3, 4);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]                                                                              | header does not start with '{'
            {"a":                                                                            | not JSON
            {} x                                                                             | not JSON
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | Duplicate field 'a'
            {"a":7}                                                                          | tensor 'a' has no
            {"a":{"dtype":"F32","shape":[1]}}                                                | tensor 'a' has no 'data_offsets'
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":1}}                 | unknown field 'extra'
            {"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}                       | dtype "F8_E4M3"; supported are
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                           | takes 8 bytes, but its data_offsets [0,4] hold 4
            {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                          | whole numbers of zero or more
            {"a":{"dtype":"F32","shape":{"x":1},"data_offsets":[0,4]}}                       | whole numbers of zero or more
            {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}                         | whole numbers of zero or more
            {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}       | takes more than 2^63 bytes
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                           | begin ≤ end
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}        | whole numbers of zero or more
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}                         | expected [begin, end]
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | it overlaps
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | a gap
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}                            | take 3 bytes but 4 follow
            {"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}                            | cut off
            {"__metadata__":{"n":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}    | only strings are allowed
            {"__metadata__":[],"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}         | __metadata__ is not an object
            """)
    void hostileHeadersAreRefused(String header, String reason) throws IOException {
        Path file = raw(header, new byte[4]);
        assertRefused(file, reason);
    }

    @Test
    void hostileLengthsAreRefused() throws IOException {
        assertRefused(file(new byte[0]), "it has 0 bytes");
        assertRefused(file(new byte[8]), "does not start with '{'");
        assertRefused(file(length(-1)), "header of 18446744073709551615 bytes; 0 follow");
        assertRefused(file(length(1L << 40)), "header of 1099511627776 bytes");
        assertRefused(file(length(3)), "header of 3 bytes; 0 follow");
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("absent")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(ZooException.class);
    }

    @Test
    void deepNestingAndBadUtf8AreRefused() throws IOException {
        assertRefused(raw("{\"a\":" + "[".repeat(100_000), new byte[0]), "not");
        byte[] bad = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        ByteBuffer bytes = ByteBuffer.allocate(8 + bad.length).order(ByteOrder.LITTLE_ENDIAN);
        assertRefused(file(bytes.putLong(bad.length).put(bad).array()), "not");
    }

    @Test
    void everyTruncationOfAFileIsRefused() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        new Safetensors(Map.of("w", Tensor.of(new float[] {1, 2, 3}, 3)), Map.of("k", "v")).write(whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int n = 0; n < bytes.length; n++) {
            Path cut = file(Arrays.copyOf(bytes, n));
            assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void aReservedNameCannotBeWritten() {
        Safetensors reserved = new Safetensors(Map.of("__metadata__", Tensor.scalar(1L)), Map.of());
        assertThatThrownBy(() -> reserved.write(folder.resolve("x"))).hasMessageContaining("reserves the name");
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNoNeighbour() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("disk full");
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + " is not a valid safetensors file: ")
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> Safetensors.map(file)).hasMessageContaining(reason);
    }

    private Path raw(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return file(bytes.putLong(json.length).put(json).put(data).array());
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("hostile.safetensors"), bytes);
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }
}
