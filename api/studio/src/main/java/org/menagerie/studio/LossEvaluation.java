package org.menagerie.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.studio.metric.EvaluateOptions;
import org.menagerie.studio.metric.EvaluationReport;
import org.menagerie.studio.metric.ModelEvaluator;
import org.menagerie.training.Evaluator;
import org.menagerie.training.Objective;
import org.menagerie.training.data.BatchOrder;
import org.menagerie.training.data.Batches;
import org.menagerie.training.data.Dataset;
import org.menagerie.weights.Safetensors;

/**
 * A model's loss on data, with what its architecture reports beside it: the same figures as training shows for its validation part.
 * For models of texts, whose data needs no preparation; where bits a token are reported, their perplexity is too.
 *
 * @param evaluator finds the data
 */
record LossEvaluation(Zoo zoo, ModelEvaluator evaluator) {
    /** The name of this measure among metrics. */
    static final String METRIC = "loss";

    private static final int BATCH = 250;

    /** @throws InvalidInputException if the model names no architecture, or the data is not of texts */
    EvaluationReport of(EvaluateOptions options) {
        if (!options.settings().isEmpty()) {
            throw new SettingException(
                    List.copyOf(options.settings().keySet()),
                    "metric 'loss' measures the network itself, without search, and takes no settings");
        }
        if (options.report() != null) {
            throw new SettingException(List.of("report"), "Metric 'loss' writes no page; leave the report out");
        }
        ModelCard card = zoo.card(options.model());
        Dataset part = evaluator.part(options);
        if (part.info().columns().stream().anyMatch(column -> column.name().equals("image"))) {
            throw new InvalidInputException(
                    "Metric 'loss' measures networks of texts; %s has images, whose preparation it does not know"
                            .formatted(part.info().name()));
        }
        Objective objective = NamedArchitecture.of(zoo, card).subject().objective();
        GraphBuilder g = new GraphBuilder("evaluation", Mode.INFERENCE);
        objective.build(g);
        Map<String, Tensor> weights = Parameter.tensors(g.parameters(), weights(card, options.model()));
        Map<String, Double> figures;
        try (Evaluator network =
                new Evaluator(objective, SessionOptions.defaults().withDevice(Device.CPU))) {
            figures = new LinkedHashMap<>(network.evaluate(new Batches(part, BatchOrder.inOrder(BATCH)), weights));
        }
        Double bits = figures.get("bits");
        if (bits != null) {
            figures.put("perplexity", Math.pow(2, bits));
        }
        return new EvaluationReport(options.model(), part.info().name(), part.size(), figures);
    }

    /** The parameters in all of a model's files, by name. */
    private Map<String, Tensor> weights(ModelCard card, String model) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        card.artifacts().forEach((name, artifact) -> {
            if (artifact.file().endsWith(".onnx")) {
                Path file = zoo.artifact(model, name);
                try {
                    weights.putAll(OnnxReader.read(file).weights());
                } catch (IOException e) {
                    throw new ZooException("'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
                }
            } else if (artifact.file().endsWith(".safetensors")) {
                weights.putAll(Safetensors.read(zoo.artifact(model, name)).tensors());
            }
        });
        return weights;
    }
}
