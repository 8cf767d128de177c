package org.menagerie.plugin.slidingwindow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.transfer.SlidingPass;
import org.menagerie.plugin.slidingwindow.SlidingWindowSettings.Pass;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard;

/**
 * Chooses between crops and one pass.
 *
 * @param scores what computes the windows' scores
 * @param stride pixels between windows
 */
record Passes(WindowScores scores, int stride) {
    private static final String NETWORK = "model";

    static Passes of(SlidingWindowSettings settings, ModelCard card, Artifacts artifacts) {
        Optional<OnnxModel> model = Optional.empty();
        Optional<SlidingPass> pass = Optional.empty();
        String reason = "its network is not kept as ONNX";
        try {
            model = model(card, artifacts);
            pass = model.map(found -> SlidingPass.of(found.graph(), settings.output()));
        } catch (GraphException e) {
            reason = String.valueOf(e.getMessage());
        }
        if (pass.isPresent()) {
            reason =
                    "crops would give something else, since these layers pad their input: %s; expected pass approximate or crops"
                            .formatted(String.join(", ", pass.get().padding()));
        }
        boolean exact = pass.map(SlidingPass::isExact).orElse(false);
        boolean dense = switch (settings.passOrDefault()) {
            case CROPS -> false;
            case AUTO -> exact && divides(settings, pass.orElseThrow());
            case DENSE -> exact;
            case APPROXIMATE -> pass.isPresent();
        };
        int network = pass.map(SlidingPass::stride).orElse(1);
        int stride = settings.strideFor(network);
        String input = settings.image().input();
        if (!dense) {
            if (settings.passOrDefault() == Pass.DENSE || settings.passOrDefault() == Pass.APPROXIMATE) {
                throw new CardException(
                        "Model '%s' cannot look at all windows in one pass: %s".formatted(card.name(), reason));
            }
            return new Passes(new CroppedScores(card, artifacts.network(NETWORK), input, settings.output()), stride);
        }
        if (stride % network != 0) {
            throw new CardException(
                    "Model '%s' has windows %d pixels apart in one pass; stride must be a multiple, not %d"
                            .formatted(card.name(), network, stride));
        }
        byte[] onnx = OnnxWriter.toBytes(
                pass.orElseThrow().graph(), model.orElseThrow().weights(), Map.of());
        return new Passes(new DenseScores(card, artifacts.network(onnx), input, settings.output(), network), stride);
    }

    private static boolean divides(SlidingWindowSettings settings, SlidingPass pass) {
        return settings.strideFor(pass.stride()) % pass.stride() == 0;
    }

    /** The network, unless it is kept as weights for an architecture. */
    private static Optional<OnnxModel> model(ModelCard card, Artifacts artifacts) {
        ModelCard.Artifact artifact = card.artifacts().get(NETWORK);
        if (artifact == null || !artifact.file().endsWith(".onnx")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OnnxReader.read(artifacts.file(NETWORK)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
