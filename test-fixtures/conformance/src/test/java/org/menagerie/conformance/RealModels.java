package org.menagerie.conformance;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.menagerie.fixtures.Fetched;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Value;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Published networks of several exporters, by the names of their first publication. */
final class RealModels {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    /** A card's artifact. */
    private record Source(String model, String artifact) {}

    private static final Map<String, Source> CARDS = Map.of(
            "ch_ppocr_mobile_v2.0_cls_infer.onnx", new Source("pp-ocr", "orientation"),
            "ch_PP-OCRv4_det_infer.onnx", new Source("pp-ocr", "detection"),
            "ch_PP-OCRv4_rec_infer.onnx", new Source("pp-ocr", "recognition"),
            "face_detection_front_128x128_barracuda.onnx", new Source("blazeface-front", "model"),
            "face_detection_back_256x256_barracuda.onnx", new Source("blazeface-back", "model"),
            "silero_vad_v6.onnx", new Source("silero-vad", "model"),
            "all-minilm-l6-v2.onnx", new Source("all-minilm-l6-v2", "model"));

    /** Networks without a card. */
    private static final Map<String, String> OTHERS =
            Map.of("mlsd_512x512_large.onnx", "npm:jp.keijiro.mlsd@1.0.0!/package/ONNX/mlsd_512x512_large.onnx");

    private RealModels() {}

    /** A network's file; the test is skipped only if offline without it. */
    static Path file(String name) {
        Source source = CARDS.get(name);
        return Fetched.orSkip(() -> source == null
                ? ZOO.hub().bare(Objects.requireNonNull(OTHERS.get(name), name))
                : ZOO.artifact(source.model(), source.artifact()));
    }

    /** Random inputs: a batch of two, images of 48 by 192, 576 samples, 12 tokens of which 9 count. */
    static Map<String, Tensor> inputs(Graph graph) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            Random random = new Random(input.name().hashCode());
            long[] dims = new long[input.rank()];
            for (int axis = 0; axis < dims.length; axis++) {
                dims[axis] = input.dim(axis).isFixed() ? input.dim(axis).value() : extent(input, axis);
            }
            Tensor tensor = Tensor.allocate(input.element(), dims);
            for (int i = 0; i < tensor.size(); i++) {
                if (input.element() == ElementType.FLOAT32) {
                    tensor.floats().put(i, (float) random.nextGaussian());
                } else {
                    tensor.longs().put(i, index(input.name(), i, random));
                }
            }
            inputs.put(input.name(), tensor);
        }
        return inputs;
    }

    private static long extent(Value input, int axis) {
        if (axis == 0 || input.name().equals("state")) {
            return 2;
        }
        return input.rank() == 4 ? (axis == 2 ? 96 : 192) : input.element() == ElementType.INT64 ? 12 : 576;
    }

    private static long index(String name, int i, Random random) {
        return switch (name) {
            case "sr" -> 16_000;
            case "attention_mask" -> i % 12 < 9 ? 1 : 0;
            case "token_type_ids" -> 0;
            case "label" -> random.nextInt(10);
            default -> random.nextInt(30_000);
        };
    }
}
