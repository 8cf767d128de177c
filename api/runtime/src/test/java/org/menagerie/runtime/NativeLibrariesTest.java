package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.runtime.TinyModel.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

@Timeout(120)
class NativeLibrariesTest {
    private static final List<String> LIBRARY = List.of("onnxruntime4j_jni");

    @TempDir
    Path folder;

    /** Answers one question twice on the automatic device, and says where the libraries are. */
    static final class Program {
        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), SessionOptions.defaults())) {
                    Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
                    System.out.println(List.of(
                            named("y", session.run(Map.of("x", x))).toFloatArray()[2], session.device()));
                }
            }
            System.out.println(Providers.report().nativePath());
        }
    }

    @Test
    void unpacksOnceAndSaysOnceWhyNotCuda() throws Exception {
        ChildJvm.Result first = run();
        Map<String, String> unpacked = files();
        assertThat(unpacked.keySet()).anyMatch(name -> name.contains("onnxruntime4j_jni"));
        assertThat(unpacked.keySet()).noneMatch(name -> name.endsWith(".part"));
        ChildJvm.Result second = run();
        assertThat(files()).isEqualTo(unpacked);
        for (ChildJvm.Result result : List.of(first, second)) {
            assertThat(result.exitCode()).isZero();
            assertThat(Path.of(result.out().get(2))).startsWith(folder.resolve("native"));
            if (result.out().get(0).contains("cpu")) {
                assertThat(result.out()).startsWith("[6.0, cpu]", "[6.0, cpu]");
                assertThat(result.err()).singleElement().asString().contains("Running on the CPU, not on CUDA: ");
            }
        }
    }

    @Test
    void severalProcessesUnpackAtOnce() throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(ChildJvm.start(folder, List.of(), Program.class));
        }
        for (ChildJvm child : children) {
            ChildJvm.Result result = child.await();
            assertThat(result.err()).hasSizeLessThan(2);
            assertThat(result.exitCode()).isZero();
        }
        assertThat(files().keySet()).noneMatch(name -> name.endsWith(".part"));
    }

    private ChildJvm.Result run() throws IOException, InterruptedException {
        return ChildJvm.start(folder, List.of(), Program.class).await();
    }

    /** Name, identity, size and time of each file under the cache folder. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                files.put(
                        path.getFileName().toString(),
                        attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime());
            }
        }
        return files;
    }

    @Test
    void replacesWhatIsNotWholeAndRemovesWhatAKilledProcessLeft() throws IOException {
        NativeLibraries.unpack(folder, LIBRARY);
        Path library = only();
        byte[] whole = Files.readAllBytes(library);
        Files.write(library, new byte[100]);
        Path leftover = Files.write(folder.resolve("libother.so.part"), new byte[10]);
        NativeLibraries.unpack(folder, LIBRARY);
        assertThat(library).hasBinaryContent(whole);
        assertThat(leftover).doesNotExist();
        assertThat(only()).isEqualTo(library);
    }

    /** Damage that leaves the size as it is, with and without a new time, before and after the library was checked. */
    @Test
    void aLibraryOfTheRightSizeIsReadOnceAndAfterEveryChange() throws IOException {
        NativeLibraries.unpack(folder, LIBRARY);
        Path library = only();
        byte[] whole = Files.readAllBytes(library);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 8;

        Files.write(library, damaged);
        NativeLibraries.unpack(folder, LIBRARY);
        assertThat(library).hasBinaryContent(whole);

        Path note = folder.resolve("." + library.getFileName() + ".checked");
        assertThat(note).exists();
        Files.delete(note);
        Files.write(library, damaged);
        NativeLibraries.unpack(folder, LIBRARY);
        assertThat(library).hasBinaryContent(whole);

        // Touched, not changed: read once more, and kept.
        var key = Files.readAttributes(library, BasicFileAttributes.class).fileKey();
        Files.setLastModifiedTime(library, FileTime.fromMillis(1_000_000_000_000L));
        NativeLibraries.unpack(folder, LIBRARY);
        assertThat(Files.readAttributes(library, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);
        assertThat(note).content().contains("2001-09-09");
    }

    private Path only() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            List<Path> found = paths.filter(
                            path -> !path.getFileName().toString().startsWith("."))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void saysWhichFolderCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> NativeLibraries.unpack(file.resolve("native"), LIBRARY))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("ZOO_HOME");
    }

    @Test
    void aCacheFolderThatCannotBeWrittenIsOneSentence() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        ChildJvm.Result result = ChildJvm.start(file, List.of(), Program.class).await();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().get(0))
                .contains("org.menagerie.spi.ZooException: ONNX Runtime's native libraries cannot be unpacked into");
    }
}
