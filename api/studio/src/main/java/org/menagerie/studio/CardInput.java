package org.menagerie.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Task;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.recipe.InputStatistics;
import org.menagerie.training.recipe.RowStatistics;

/** How the card of a network feeds it what the data had that it was trained on. */
sealed interface CardInput {
    /** Writes the settings of tasks. */
    ObjectMapper JSON = new ObjectMapper();

    /**
     * Finds what the columns of data hold.
     *
     * @param task of the network; one whose kind makes the whole model states its inputs itself, unless it names a preprocessor
     * @throws InvalidInputException if no card can be written for a network that takes such data
     */
    static CardInput of(Task task, DatasetInfo data) {
        if (task.whole() && task.preprocessor().isEmpty()) {
            return new Stated();
        }
        Optional<Column> image = named(data.columns(), "image");
        if (image.isPresent() && image.get().axes().size() == 4) {
            return Images.of(
                    image.get(), data.columns(), task.preprocessor().orElse(new Task.Preparation("image", Map.of())));
        }
        if (task.preprocessor().isPresent()) {
            return new Other(task.preprocessor().get());
        }
        Optional<Column> rows = RowStatistics.column(data);
        if (rows.isPresent()) {
            return new Rows(rows.get());
        }
        throw new InvalidInputException(
                "A model of data with the columns %s could not be fed after training. A card can be written for images (a column 'image', f32[B,C,H,W]), for rows of numbers (one column f32[B,K] with K a number), for tasks that name a preprocessor, and for tasks whose kind makes the whole model"
                        .formatted(data.columns().stream()
                                .map(each -> each.name() + " " + each.type())
                                .toList()));
    }

    /** Writes the card's {@code preprocessor} block, where the model has one. */
    void write(ObjectNode menagerie, Optional<InputStatistics> statistics);

    private static Optional<Column> named(List<Column> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private static void write(ObjectNode preprocessor, Task.Preparation preparation) {
        preprocessor.put("name", preparation.name());
        preprocessor.setAll(JSON.<ObjectNode>valueToTree(preparation.settings()));
    }

    private static void write(ObjectNode preprocessor, InputStatistics statistics) {
        ArrayNode mean = preprocessor.putArray("mean");
        statistics.mean().forEach(mean::add);
        ArrayNode std = preprocessor.putArray("std");
        statistics.std().forEach(std::add);
    }

    /** The task's kind states it. */
    record Stated() implements CardInput {
        @Override
        public void write(ObjectNode menagerie, Optional<InputStatistics> statistics) {}
    }

    /** Images of one size, of 0 to 255; the preprocessor is {@code image} or one that stands around it. */
    record Images(String input, int channels, int height, int width, Task.Preparation preparation)
            implements CardInput {
        /** The network's input is the column of images that is not only the data's. */
        static Images of(Column image, List<Column> columns, Task.Preparation preparation) {
            String input = columns.stream()
                    .filter(column -> column.axes().size() == 4 && column.elementType() == ElementType.FLOAT32)
                    .map(Column::name)
                    .filter(column -> !column.equals("image"))
                    .findFirst()
                    .orElse("image");
            return new Images(input, extent(image, 1), extent(image, 2), extent(image, 3), preparation);
        }

        private static int extent(Column image, int axis) {
            String extent = image.axes().get(axis);
            if (!extent.matches("\\d+")) {
                throw new InvalidInputException(
                        "A card needs images of one size; the data has 'image' " + image.type());
            }
            return Integer.parseInt(extent);
        }

        @Override
        public void write(ObjectNode menagerie, Optional<InputStatistics> statistics) {
            ObjectNode block = menagerie.putObject("preprocessor");
            CardInput.write(block, preparation);
            ObjectNode fields = (preparation.name().equals("image") ? block : block.putObject("image"))
                    .put("input", input)
                    .put("width", width)
                    .put("height", height)
                    .put("channels", channels == 1 ? "gray" : "RGB")
                    .put("antialias", false);
            statistics.ifPresent(measured -> CardInput.write(fields, measured));
        }
    }

    /** Inputs of another kind, such as texts, which a preprocessor with settings of the task prepares. */
    record Other(Task.Preparation preparation) implements CardInput {
        @Override
        public void write(ObjectNode menagerie, Optional<InputStatistics> statistics) {
            CardInput.write(menagerie.putObject("preprocessor"), preparation);
        }
    }

    /** Rows of numbers, which the statistics normalise. */
    record Rows(Column column) implements CardInput {
        int columns() {
            return Integer.parseInt(column.axes().get(1));
        }

        @Override
        public void write(ObjectNode menagerie, Optional<InputStatistics> statistics) {
            ObjectNode preprocessor = menagerie
                    .putObject("preprocessor")
                    .put("name", "row")
                    .put("input", column.name())
                    .put("columns", columns());
            statistics.ifPresent(measured -> CardInput.write(preprocessor, measured));
        }
    }
}
