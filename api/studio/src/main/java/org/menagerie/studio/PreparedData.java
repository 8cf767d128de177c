package org.menagerie.studio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.PreparedInputs;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Subject;

/**
 * Data whose inputs, such as texts, become the network's tensors by the preprocessor that the task names, which the trained model
 * will have as well.
 */
final class PreparedData {
    private PreparedData() {}

    /**
     * Returns the data itself where its columns already are what the network takes.
     *
     * @throws InvalidInputException if no plugin brings the preprocessor, or the data gives no inputs that it takes
     */
    static Splits of(Zoo zoo, Subject subject, Splits splits) {
        if (!(CardInput.of(subject.task(), splits.test().info()) instanceof CardInput.Other other)) {
            return splits;
        }
        Task.Preparation preparation = other.preparation();
        PreprocessorKind<?, ?> kind = CardComponents.kind(
                zoo.components(PreprocessorKind.class), "preprocessor", preparation.name(), subject.name());
        return prepared(kind, preparation, tensors(subject), splits);
    }

    private static <I, S extends Record> Splits prepared(
            PreprocessorKind<I, S> kind, Task.Preparation preparation, List<Column> tensors, Splits splits) {
        S settings = TreeSettings.of("preprocessor " + preparation.name(), preparation.settings())
                .as(kind.settings());
        Preprocessor<I> preprocessor = kind.create().create(settings, new NoFiles(preparation.name()));
        return new Splits(
                part(splits.train(), kind.input(), preprocessor, tensors),
                part(splits.validation(), kind.input(), preprocessor, tensors),
                part(splits.test(), kind.input(), preprocessor, tensors));
    }

    private static <I> Dataset part(Dataset part, Class<I> input, Preprocessor<I> preprocessor, List<Column> tensors) {
        Optional<Object> first = part.size() == 0 ? Optional.empty() : part.input(0);
        if (first.filter(input::isInstance).isEmpty()) {
            throw new InvalidInputException("The network takes inputs of type %s; data set %s does not give any"
                    .formatted(input.getSimpleName(), part.info().name()));
        }
        return new PreparedInputs<>(part, input, preprocessor, tensors);
    }

    /** Returns the network's inputs as columns. */
    private static List<Column> tensors(Subject subject) {
        Graph network = subject.networks().get().get(Architecture.MODEL);
        if (network == null) {
            throw new InvalidInputException(
                    "'%s' consists of several networks; a preprocessor feeds one".formatted(subject.name()));
        }
        return network.inputs().stream().map(PreparedData::column).toList();
    }

    private static Column column(Value input) {
        List<String> axes = new ArrayList<>(List.of("B"));
        for (int axis = 1; axis < input.rank(); axis++) {
            Dim dim = input.dim(axis);
            axes.add(dim.isFixed() ? String.valueOf(dim.value()) : dim.toString());
        }
        return new Column(input.name(), input.element(), axes);
    }

    /** A network that is trained from scratch has no files for its preprocessor. */
    private record NoFiles(String preprocessor) implements Artifacts {
        @Override
        public Path file(String name) {
            throw new InvalidInputException("Preprocessor '%s' needs the file '%s', which only a model that exists has"
                    .formatted(preprocessor, name));
        }

        @Override
        public Network network(String name) {
            throw new InvalidInputException(
                    "Preprocessor '%s' needs the network '%s', which only a model that exists has"
                            .formatted(preprocessor, name));
        }
    }
}
