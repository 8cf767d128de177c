package org.menagerie.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's page: the metadata that programs read and the prose that people read.
 *
 * <p>The front matter follows the Hugging Face conventions; the fields of the zoo's own sit in its {@code menagerie}
 * block.
 *
 * @param name the model's name in its catalog, from the file's name
 * @param task the Hugging Face {@code pipeline_tag}, for example {@code image-classification}
 * @param license the SPDX-like identifier of the weights' licence
 * @param tags free tags
 * @param datasets what it was trained on
 * @param metrics measured results, from {@code model-index}
 * @param architecture the architecture that builds it, unless it was made elsewhere
 * @param artifacts the files, by name
 * @param preprocessor how inputs are prepared; empty when the {@code kind} prepares them itself
 * @param decoder how outputs are read; empty when {@code kind} makes the whole model
 * @param kind the {@link ModelKind} that makes the whole model
 * @param labels the classes in the order of the network's outputs; empty where there are none
 * @param recipe how it was trained: what {@code zoo train} repeats
 * @param samples inputs with known answers, for verification
 * @param text the prose below the front matter, Markdown
 */
public record ModelCard(
        String name,
        String task,
        String license,
        List<String> tags,
        List<String> datasets,
        List<Metric> metrics,
        Optional<Component> architecture,
        Map<String, Artifact> artifacts,
        Optional<Component> preprocessor,
        Optional<Component> decoder,
        Optional<Component> kind,
        List<String> labels,
        Optional<Settings> recipe,
        List<Sample> samples,
        String text) {
    public ModelCard {
        tags = List.copyOf(tags);
        datasets = List.copyOf(datasets);
        metrics = List.copyOf(metrics);
        labels = List.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /** All files together, bytes. */
    public long size() {
        return artifacts.values().stream().mapToLong(Artifact::size).sum();
    }

    /**
     * A component that a plugin binds, and the card's settings for it.
     *
     * @param name the name it is bound under
     */
    public record Component(String name, Settings settings) {}

    /**
     * A file of the model.
     *
     * @param name its name in the card; {@code model} is the network of a one-network model
     * @param file the file name it is kept under, for example {@code lenet-fashion-mnist.onnx}
     * @param size bytes
     * @param sha256 64 hexadecimal digits, lower case
     * @param sources where it can be had, tried in order, for example {@code npm:@scope/name@1.0.0!/package/a.onnx}
     */
    public record Artifact(String name, String file, long size, String sha256, List<String> sources) {
        public Artifact {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A measured result.
     *
     * @param type for example {@code accuracy}
     * @param value the figure
     * @param dataset what it was measured on, with its split
     * @param command the command that prints it
     */
    public record Metric(String type, double value, String dataset, Optional<String> command) {}

    /**
     * An input with a known answer and, for one-network models, known tensors on the way to it, so that a wrong answer
     * can be traced to the stage that drifted.
     *
     * @param input a resource or file, or a text
     * @param answer the answer as the command prints it with {@code --json}
     * @param prepared the network's inputs by name; empty where they are not recorded
     * @param outputs the network's outputs by name; empty where they are not recorded
     */
    public record Sample(
            String input, String answer, Map<String, TensorSummary> prepared, Map<String, TensorSummary> outputs) {
        public Sample {
            prepared = Map.copyOf(prepared);
            outputs = Map.copyOf(outputs);
        }
    }

    /**
     * What is kept of a golden tensor: enough to see it drift, short enough for a card.
     *
     * @param shape its extents
     * @param mean the mean of all elements
     * @param deviation the standard deviation of all elements
     * @param values elements at equal distances, the first and the last among them
     */
    public record TensorSummary(List<Long> shape, double mean, double deviation, List<Double> values) {
        public TensorSummary {
            shape = List.copyOf(shape);
            values = List.copyOf(values);
        }
    }
}
