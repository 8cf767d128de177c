package org.menagerie.explain.method;

import org.menagerie.decoding.Alignment;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.menagerie.explain.Attribution;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.PictureLayout;
import org.menagerie.explain.Probe;
import org.menagerie.explain.Probe.AtLayer;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** Guided backpropagation times the map of Grad-CAM. */
public record GuidedGradCam() implements ExplanationMethod {
    public static ExplanationKind<GuidedGradCam> kind() {
        return ExplanationKind.of(
                        new GuidedGradCam(), "Guided backpropagation times the map of Grad-CAM (Selvaraju 2017).")
                .ofLayer();
    }

    @Override
    public Attribution explain(Probe probe) {
        PictureLayout layout = probe.layout()
                .orElseThrow(() -> new ZooException("Guided Grad-CAM needs a picture; the input is " + probe.input()));
        AtLayer at = probe.atLayer();
        Tensor small = GradCam.map(at);
        Grid map = new Grid(small.toFloatArray(), 1, (int) small.shape().dim(2), (int)
                small.shape().dim(3));
        float[] mask = Upsampling.to(layout.height(), layout.width(), Alignment.HALF_PIXEL)
                .resize(map);
        float[] guided = probe.slope(GuidedBackpropagation.RULES).toFloatArray();
        for (int c = 0; c < layout.channels(); c++) {
            for (int y = 0; y < layout.height(); y++) {
                for (int x = 0; x < layout.width(); x++) {
                    guided[layout.index(c, y, x)] *= mask[y * layout.width() + x];
                }
            }
        }
        return Rectifiers.remark(
                probe,
                Attribution.signed(Tensor.of(guided, probe.input().shape().dims()))
                        .saying("Layer %s %s.".formatted(at.layer(), at.activation())));
    }
}
