package org.menagerie.conformance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.spi.Tensor;

/**
 * ONNX's own test vectors, one small model each with inputs and expected outputs, as Debian's {@code libonnx-testdata}
 * installs them.
 */
final class NodeVectors {
    static final Path FOLDER = Path.of("/usr/share/libonnx-testdata/data/node");

    private NodeVectors() {}

    static List<Path> all() throws IOException {
        List<Path> cases = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(FOLDER)) {
            folders.forEach(cases::add);
        }
        cases.sort(Comparator.naturalOrder());
        return cases;
    }

    static byte[] model(Path folder) throws IOException {
        return Files.readAllBytes(folder.resolve("model.onnx"));
    }

    /** The tensors {@code prefix_0.pb}, {@code prefix_1.pb}, … under the names of a model's inputs or outputs. */
    static Map<String, Tensor> tensors(Path folder, String prefix, List<String> names) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Path file = folder.resolve("test_data_set_0").resolve(prefix + "_" + i + ".pb");
            if (Files.exists(file)) {
                tensors.put(names.get(i), OnnxReader.readTensor(Files.readAllBytes(file)));
            }
        }
        return tensors;
    }
}
