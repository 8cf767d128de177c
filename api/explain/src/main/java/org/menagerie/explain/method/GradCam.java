package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.explain.Probe.AtLayer;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** Grad-CAM: the channels of a layer, weighted by their mean gradient; what is positive of it. */
public record GradCam() implements ExplanationMethod {
    public static ExplanationKind<GradCam> kind() {
        return ExplanationKind.of(
                        new GradCam(), "The channels of a layer, weighted by their mean gradients (Selvaraju 2017).")
                .ofLayer();
    }

    @Override
    public Attribution explain(Probe probe) {
        AtLayer at = probe.atLayer();
        return Attribution.unsigned(map(at)).saying("Layer %s %s.".formatted(at.layer(), at.activation()));
    }

    /** The map at the layer's resolution. */
    static Tensor map(AtLayer at) {
        Tensor activation = at.activation();
        if (activation.shape().rank() != 4 || activation.shape().dim(0) != 1) {
            throw new ZooException("Grad-CAM looks at a layer that is a map [1,channels,height,width]; '%s' is %s"
                    .formatted(at.layer(), activation));
        }
        int channels = (int) activation.shape().dim(1);
        int height = (int) activation.shape().dim(2);
        int width = (int) activation.shape().dim(3);
        int size = height * width;
        float[] activations = activation.toFloatArray();
        float[] slopes = at.slope().toFloatArray();
        double[] sum = new double[size];
        for (int c = 0; c < channels; c++) {
            double weight = 0;
            for (int i = 0; i < size; i++) {
                weight += slopes[c * size + i];
            }
            weight /= size;
            for (int i = 0; i < size; i++) {
                sum[i] += weight * activations[c * size + i];
            }
        }
        float[] map = new float[size];
        for (int i = 0; i < size; i++) {
            map[i] = (float) Math.max(0, sum[i]);
        }
        return Tensor.of(map, 1, 1, height, width);
    }
}
