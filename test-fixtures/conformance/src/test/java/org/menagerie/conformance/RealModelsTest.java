package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.spi.Tensor;

/** Published models of several exporters run the same after they were read and written. */
class RealModelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch_ppocr_mobile_v2.0_cls_infer.onnx",
                "ch_PP-OCRv4_det_infer.onnx",
                "ch_PP-OCRv4_rec_infer.onnx",
                "face_detection_front_128x128_barracuda.onnx",
                "face_detection_back_256x256_barracuda.onnx",
                "silero_vad_v6.onnx",
                "all-minilm-l6-v2.onnx",
                "mlsd_512x512_large.onnx"
            })
    void runsTheSame(String name) throws IOException {
        Path file = RealModels.file(name);
        byte[] original = Files.readAllBytes(file);
        Map<String, Tensor> inputs = RealModels.inputs(OnnxReader.read(file).graph());

        Map<String, Tensor> expected = Runs.run(original, inputs);
        Map<String, Tensor> found = Runs.run(Runs.rewritten(original), inputs);

        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((output, tensor) -> assertThat(Close.error(Objects.requireNonNull(found.get(output)), tensor))
                .as(output)
                .isLessThan(1e-5));
    }
}
