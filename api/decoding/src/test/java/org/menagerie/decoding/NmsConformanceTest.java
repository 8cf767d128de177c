package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of the ONNX standard itself, from Debian's package libonnx-testdata. */
class NmsConformanceTest {
    private static final Path VECTORS = Path.of("/usr/share/libonnx-testdata/data/node");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "center_point_box_format",
                "flipped_coordinates",
                "identical_boxes",
                "limit_output_size",
                "single_box",
                "suppress_by_IOU",
                "suppress_by_IOU_and_scores",
                "two_batches",
                "two_classes"
            })
    void choosesWhatTheStandardSays(String name) throws IOException {
        Path folder = VECTORS.resolve("test_nonmaxsuppression_" + name);
        assumeTrue(Files.isDirectory(folder), "Needs Debian's package libonnx-testdata in " + VECTORS);
        Path data = folder.resolve("test_data_set_0");
        TensorProto boxes = TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_0.pb")));
        TensorProto scores = TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_1.pb")));
        int max = (int) longs(data.resolve("input_2.pb"))[0];
        float iou = floats(TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_3.pb"))))[0];
        float score = floats(TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_4.pb"))))[0];
        boolean centres = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")))
                .getGraph()
                .getNode(0)
                .getAttributeList()
                .stream()
                .anyMatch(a -> a.getName().equals("center_point_box") && a.getI() == 1);
        float[] corners = centres ? Boxes.fromCentres(floats(boxes)) : floats(boxes);

        var chosen = new Nms(new Suppression.Hard(iou), score, max)
                .batched(corners, floats(scores), (int) scores.getDims(0), (int) scores.getDims(1));

        assertThat(NmsTest.triples(chosen)).containsExactly(longs(data.resolve("output_0.pb")));
    }

    private static float[] floats(TensorProto tensor) {
        FloatBuffer buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static long[] longs(Path file) throws IOException {
        LongBuffer buffer = TensorProto.parseFrom(Files.readAllBytes(file))
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
