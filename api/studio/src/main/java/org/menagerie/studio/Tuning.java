package org.menagerie.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.transfer.FineTuning;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.Objective;
import org.menagerie.training.data.FittedImages;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Plan;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.Subject;
import org.menagerie.training.recipe.TrainingKinds;

/** Gives a network that was made elsewhere a new head, and images in its size. */
final class Tuning {
    private final TuneOptions options;

    private Tuning(TuneOptions options) {
        this.options = options;
    }

    static Training of(Zoo zoo, TuneOptions options, StudioListener listener) {
        Training.requireFolder(options.run(), options.name());
        return new Tuning(options).training(zoo, listener);
    }

    private Training training(Zoo zoo, StudioListener listener) {
        Recipe recipe = options.recipe();
        Plan plan = UnfitOptionException.checked("", () -> recipe.plan(TrainingKinds.of(zoo::components)));
        OnnxModel model = read(zoo);
        Splits raw = HubDatasets.of(zoo, listener::remarked).open(HubDatasets.named(zoo, options.source(), recipe));
        FineTuning tuning = UnfitOptionException.checked(
                "head", () -> tuning(model, raw.train().info().labels().size()));
        GraphBuilder headed = UnfitOptionException.checked("head", () -> tuning.build(Mode.INFERENCE));
        FittedImages.Size size = UnfitOptionException.checked("size", () -> images(headed));
        FineTuning.Result start = UnfitOptionException.checked("choice", () -> tuning.result(1));
        String trains = "%d of %d parameters"
                .formatted(start.trains().size(), start.weights().size());
        return new Training(
                zoo,
                UnfitOptionException.checked("", () -> subject(tuning, start, trains)),
                new TrainedCard.Origin.Tuned(options.source(), trains),
                recipe,
                plan,
                FittedImages.of(raw, size),
                options.run());
    }

    private OnnxModel read(Zoo zoo) {
        String artifact = options.artifact();
        Path file = artifact == null ? Path.of(options.source()) : zoo.artifact(options.source(), artifact);
        try {
            return OnnxReader.read(file);
        } catch (IOException e) {
            throw new ZooException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private FineTuning tuning(OnnxModel model, int labels) {
        Integer stated = options.head().classes();
        int classes = stated == null ? labels : stated;
        if (classes < 1) {
            throw new InvalidInputException("The number of classes must be at least 1; found " + classes);
        }
        String at = options.head().at();
        FineTuning plain = FineTuning.of(model);
        FineTuning headed = at == null ? plain.withHead(classes) : plain.withHeadAt(at, classes);
        return headed.withStatistics(options.statistics()).withChoice(options.choice());
    }

    /** Returns the size of the images that the network takes. */
    private FittedImages.Size images(GraphBuilder network) {
        List<Value> inputs = network.build().inputs();
        Value input = inputs.get(0);
        if (inputs.size() != 1 || input.rank() != 4 || !input.dim(1).isFixed()) {
            throw new InvalidInputException(
                    "Tuning feeds images f32[N,C,H,W]; '%s' takes %s".formatted(options.source(), inputs));
        }
        TuneOptions.Size size = options.size();
        return new FittedImages.Size(
                input.name(),
                (int) input.dim(1).value(),
                extent("height", input.dim(2), size == null ? null : size.height()),
                extent("width", input.dim(3), size == null ? null : size.width()));
    }

    private int extent(String side, Dim dim, @Nullable Integer given) {
        if (given == null) {
            if (!dim.isFixed()) {
                throw new InvalidInputException(
                        "'%s' takes images of any size: choose one".formatted(options.source()));
            }
            return (int) dim.value();
        }
        if (dim.isFixed() && given != dim.value()) {
            throw new InvalidInputException("A %s of %d was asked for; '%s' takes %d only"
                    .formatted(side, given, options.source(), dim.value()));
        }
        return given;
    }

    /** A new head is not a pretrained weight: each member of an ensemble draws its own from its seed. */
    private Subject subject(FineTuning tuning, FineTuning.Result start, String trains) {
        Objective objective = g -> {
            tuning.addTo(g);
            return Architecture.classificationLoss(g);
        };
        Map<String, Tensor> pretrained = new LinkedHashMap<>(start.weights());
        pretrained.keySet().removeAll(start.drawn());
        return Subject.of(
                options.name(),
                objective,
                Task.classification(),
                pretrained,
                start.trains()::contains,
                Map.of("menagerie.source", options.source(), "menagerie.trains", trains));
    }
}
