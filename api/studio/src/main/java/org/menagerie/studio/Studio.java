package org.menagerie.studio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.studio.metric.EvaluateOptions;
import org.menagerie.studio.metric.EvaluationReport;
import org.menagerie.studio.metric.ModelEvaluator;
import org.menagerie.training.data.Datasets;

/**
 * Makes and judges models: {@code Zoo} is the door to running them, this is the door to training, tuning, measuring, checking
 * and publishing them. It holds nothing but the zoo whose plugins, catalogs and cache it uses; thread-safe.
 */
public final class Studio {
    private final Zoo zoo;

    private Studio(Zoo zoo) {
        this.zoo = zoo;
    }

    /** The studio over a zoo, which remains owned by the caller. */
    public static Studio of(Zoo zoo) {
        return new Studio(zoo);
    }

    /**
     * The data sets that plugins bring; published files are fetched and kept by the hub.
     *
     * @param remarks is told what was left out of the data or changed while it was read
     */
    public Datasets datasets(Consumer<String> remarks) {
        return HubDatasets.of(zoo, remarks);
    }

    /**
     * Trains an architecture from scratch, or repeats the recipe of a model's card.
     *
     * @throws UnfitOptionException if the options cannot be followed; nothing is written then
     * @throws org.menagerie.training.TrainingStoppedException if the listener asked for a stop
     */
    public Trained train(TrainOptions options, StudioListener listener) {
        return Training.of(zoo, options, listener).execute(listener);
    }

    /**
     * Gives a network that was made elsewhere a new head and trains it to classify images.
     *
     * @throws UnfitOptionException if the options cannot be followed; nothing is written then
     * @throws org.menagerie.training.TrainingStoppedException if the listener asked for a stop
     */
    public Trained tune(TuneOptions options, StudioListener listener) {
        return Tuning.of(zoo, options, listener).execute(listener);
    }

    /**
     * Measures a model on data, from inputs to answers as a user gets them.
     *
     * @throws org.menagerie.spi.ZooException if no metric measures such a model, or the data does not fit it
     */
    public EvaluationReport evaluate(EvaluateOptions options, StudioListener listener) {
        ModelEvaluator evaluator = new ModelEvaluator(zoo, datasets(listener::remarked), listener::remarked);
        return LossEvaluation.METRIC.equals(options.metric())
                ? new LossEvaluation(zoo, evaluator).of(options)
                : evaluator.evaluate(options);
    }

    /**
     * Writes the card of a trained network beside it, with figures, provenance and recipe. The run's folder is then a catalog
     * with one model, which this zoo knows at once if the folder is among its catalogs.
     *
     * @return the card
     */
    public Path publish(Trained trained, PublishOptions options) {
        Path card = trained.card(options.command()).write(trained.folder());
        zoo.hub().reload();
        return card;
    }

    /**
     * Runs the samples of a model's card and compares tensors and answers with those that the card keeps.
     *
     * @param reader reads inputs that are not resources
     * @return a sentence for each sample that drifted, naming the stage: preprocessing, the network or the decoder
     */
    public List<String> verify(String model, SampleReader reader) {
        return new GoldenCheck(zoo, model, new SampleInput(zoo, reader)).misses();
    }

    /** {@link #verify(String, SampleReader)} with inputs as they are where they can be typed, and else from files. */
    public List<String> verify(String model) {
        return verify(model, SampleInput.typedOrFile(zoo));
    }

    /**
     * Summarises predictions for a card, so that {@link #verify} can compare them. A summary holds shortened tensors and the answer.
     *
     * @param inputs as a card's samples name them
     * @param reader reads inputs that are not resources
     * @return an entry of the card's {@code samples} for each input
     */
    public List<ObjectNode> sample(String model, List<String> inputs, SampleReader reader) {
        TypedModel<?, ?> typed = zoo.load(model);
        SampleInput read = new SampleInput(zoo, reader);
        return inputs.stream()
                .map(input -> GoldenSample.of(zoo, typed, read.read(typed.input(), input), input))
                .toList();
    }

    /**
     * Puts weights from elsewhere into an architecture and writes its networks as ONNX files, with a card where the architecture
     * knows what its published weights were trained for.
     *
     * @throws UnfitOptionException if the architecture cannot have such a config
     */
    public Imported importWeights(ImportOptions options, StudioListener listener) throws IOException {
        return new WeightImport(zoo, options).execute(listener);
    }

    /**
     * Writes a model's network as an ONNX file of opset 17, or its weights alone if the file's name ends in {@code .safetensors}.
     *
     * @param artifact which network, {@code model} if there is one only
     * @throws UnfitOptionException if the model has no such artifact
     */
    public NetworkFile export(String model, String artifact, Path output) throws IOException {
        return new NetworkExport(zoo, model, artifact).write(output);
    }

    /**
     * Writes a model's networks and a decoder as one ONNX file, which does the model's whole work in any program that runs ONNX
     * files.
     *
     * @param decoder the name of a {@link org.menagerie.graph.export.GraphDecoderKind} that a plugin brings, such as {@code greedy}
     * @throws UnfitOptionException if there is no such decoder or it does not fit the model; the message lists those that there are
     */
    public NetworkFile exportWithDecoder(String model, String decoder, Path output) throws IOException {
        return new WholeExport(zoo, model, decoder).write(output);
    }
}
