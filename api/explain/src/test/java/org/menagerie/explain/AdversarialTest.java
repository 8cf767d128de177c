package org.menagerie.explain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Stages;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImageReader;

/** The example of {@code zoo grad} in docs/explanations.md: pictures that differ little and are taken for something else. */
class AdversarialTest {
    private static final int BOOT = 9;
    private static final int CLASSES = 10;

    @TempDir
    Path folder = Path.of("");

    @Test
    void oneStepLowersTheScoreAndSeveralDoMore() throws IOException {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder));
                Stages<?, ?> stages = zoo.stages("lenet-fashion-mnist").orElseThrow()) {
            Image boot = new ImageReader().read(Fixtures.bytes("images/ankle-boot.png"), "boot");
            float[] image;
            try (Prepared prepared = stages.prepare(boot)) {
                image = Objects.requireNonNull(prepared.tensors().get("image")).toFloatArray();
            }
            GradientGraph gradient = GradientGraph.vectorJacobian(
                    NetworkGraph.of(zoo, "lenet-fashion-mnist", "model"), "logits", "image");
            byte[] file = OnnxWriter.toBytes(
                    gradient.network().graph(), gradient.network().weights(), Map.of());
            try (OnnxSession session = OnnxSession.open(file, SessionOptions.defaults())) {
                float epsilon = 0.3f;
                float[] once = attacked(session, image, epsilon, 1);
                float[] often = attacked(session, image, epsilon, 10);
                double before = margin(session, image);
                assertThat(before).isPositive();
                assertThat(margin(session, once)).isLessThan(before);
                assertThat(margin(session, often))
                        .isLessThan(margin(session, once))
                        .isNegative();
                for (int i = 0; i < image.length; i++) {
                    assertThat(Math.abs(often[i] - image[i])).isLessThanOrEqualTo(epsilon + 1e-6f);
                }
            }
        }
    }

    /** Steps against the boot's logit and for the best other one; FGSM if there is one, PGD if there are several. */
    private static float[] attacked(OnnxSession session, float[] image, float epsilon, int steps) {
        float[] moved = image.clone();
        float step = steps == 1 ? epsilon : 2.5f * epsilon / steps;
        for (int k = 0; k < steps; k++) {
            float[] direction = new float[CLASSES];
            direction[best(run(session, moved, direction, "logits"))] = 1;
            direction[BOOT] = -1;
            float[] slope = run(session, moved, direction, "d_image");
            for (int i = 0; i < moved.length; i++) {
                float next = moved[i] + step * Math.signum(slope[i]);
                moved[i] = Math.max(image[i] - epsilon, Math.min(image[i] + epsilon, next));
            }
        }
        return moved;
    }

    private static double margin(OnnxSession session, float[] image) {
        float[] logits = run(session, image, new float[CLASSES], "logits");
        return logits[BOOT] - logits[best(logits)];
    }

    /** The best class that is not a boot. */
    private static int best(float[] logits) {
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            best = c != BOOT && logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private static float[] run(OnnxSession session, float[] image, float[] direction, String output) {
        Map<String, Tensor> feeds = new HashMap<>();
        feeds.put("image", Tensor.of(image, 1, 1, 28, 28));
        feeds.put("d_logits", Tensor.of(direction, 1, CLASSES));
        return Objects.requireNonNull(session.run(feeds).get(output)).toFloatArray();
    }
}
