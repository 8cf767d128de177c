package org.menagerie.plugin.slidingwindow;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.menagerie.decoding.Detections;
import org.menagerie.decoding.Nms;
import org.menagerie.decoding.Scores;
import org.menagerie.plugin.slidingwindow.SlidingWindowSettings.Activation;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CardException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;

/**
 * A classifier as a detector: it looks at every window of a picture at several scales, and of overlapping windows of a class
 * the surest stays. A box is a window; its probability is the class's. Thread-safe.
 */
final class SlidingWindow implements Model<Image, DetectedObjects> {
    /** The most scores of one picture's windows: they are held three times over, four bytes each. */
    private static final long MOST_SCORES = 50_000_000;

    private final SlidingWindowSettings settings;
    private final ModelCard card;
    private final Passes pass;
    private final Nms suppression;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SlidingWindow(SlidingWindowSettings settings, ModelCard card, Passes pass) {
        this.settings = settings;
        this.card = card;
        this.pass = pass;
        this.suppression = Nms.hard(
                settings.iou() == null ? 0.3f : settings.iou().floatValue(),
                settings.threshold() == null ? 0.9f : settings.threshold().floatValue());
    }

    static SlidingWindow create(SlidingWindowSettings settings, ModelCard card, Artifacts artifacts) {
        List<String> background = settings.background() == null ? List.of() : settings.background();
        if (card.labels().isEmpty() || !card.labels().containsAll(background)) {
            throw new CardException("Model '%s' needs labels, among them those that are background, %s; its card has %s"
                    .formatted(card.name(), background, card.labels()));
        }
        return new SlidingWindow(settings, card, Passes.of(settings, card, artifacts));
    }

    @Override
    public List<DetectedObjects> predict(List<? extends Image> pictures) {
        if (closed.get()) {
            throw new IllegalStateException("Model '%s' was closed".formatted(card.name()));
        }
        List<DetectedObjects> answers = new ArrayList<>(pictures.size());
        for (Image picture : pictures) {
            CallScope.current().check();
            if (picture == null) {
                throw new InvalidInputException("A picture is null");
            }
            answers.add(look(picture));
        }
        return answers;
    }

    private DetectedObjects look(Image picture) {
        List<WindowGrid> grids = settings.scalesOrDefault().stream()
                .map(scale -> grid(picture, scale))
                .filter(grid -> grid.count() > 0)
                .toList();
        requireFew(picture, grids);
        Windows windows = new Windows(card.labels().size());
        for (WindowGrid grid : grids) {
            windows.add(grid, scores(picture, grid));
        }
        if (windows.isEmpty()) {
            throw new InvalidInputException(
                    "A picture of %dx%d pixels holds no window of %dx%d at the scales %s; expected a larger picture or scale"
                            .formatted(
                                    picture.getWidth(),
                                    picture.getHeight(),
                                    settings.windowWidth(),
                                    settings.windowHeight(),
                                    settings.scalesOrDefault()));
        }
        return objects(windows);
    }

    private WindowGrid grid(Image picture, double scale) {
        int width = (int) Math.round(picture.getWidth() * scale);
        int height = (int) Math.round(picture.getHeight() * scale);
        return new WindowGrid(
                new WindowGrid.Extents(settings.windowHeight(), settings.windowWidth()),
                new WindowGrid.Extents(height, width),
                pass.stride());
    }

    private void requireFew(Image picture, List<WindowGrid> grids) {
        long windows = grids.stream().mapToLong(WindowGrid::count).sum();
        long most = MOST_SCORES / card.labels().size();
        if (windows > most) {
            throw new InvalidInputException(
                    "A picture of %dx%d pixels has %,d windows at the scales %s with a stride of %d; model '%s' takes %,d at most: shrink the picture, or set smaller scales or a larger stride"
                            .formatted(
                                    picture.getWidth(),
                                    picture.getHeight(),
                                    windows,
                                    settings.scalesOrDefault(),
                                    pass.stride(),
                                    card.name(),
                                    most));
        }
    }

    /** The windows' scores by window; the picture is prepared as the classifier's card says, at the scale's size. */
    private Tensor scores(Image picture, WindowGrid grid) {
        ImageSettings sized = settings.image()
                .stretchedTo(grid.picture().width(), grid.picture().height());
        try (ImagePreprocessor preprocessor = new ImagePreprocessor(sized);
                Prepared prepared = preprocessor.prepare(List.of(picture))) {
            Map<String, Tensor> tensors = prepared.tensors();
            Tensor scores = pass.scores().of(Objects.requireNonNull(tensors.get(sized.input())), grid);
            if (scores.shape().dim(1) != card.labels().size()) {
                throw new CardException("Model '%s' gives %d scores a window, but its card lists %d labels"
                        .formatted(
                                card.name(),
                                scores.shape().dim(1),
                                card.labels().size()));
            }
            return scores;
        }
    }

    private DetectedObjects objects(Windows windows) {
        Activation activation = settings.activation() == null ? Activation.SOFTMAX : settings.activation();
        float[] scores = windows.scores(row -> switch (activation) {
            case SOFTMAX -> Scores.softmax(row);
            case SIGMOID -> Scores.sigmoid(row);
            case NONE -> row;
        });
        List<String> background = settings.background() == null ? List.of() : settings.background();
        int each = windows.count();
        for (String label : background) {
            int at = card.labels().indexOf(label) * each;
            Arrays.fill(scores, at, at + each, 0);
        }
        float[] corners = windows.corners();
        Detections found = suppression
                .perClass(corners, scores, card.labels().size())
                .best(settings.most() == null ? 100 : settings.most());
        List<String> names = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        List<BoundingBox> boxes = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            int at = 4 * found.boxes()[i];
            names.add(card.labels().get(found.classes()[i]));
            probabilities.add((double) found.scores()[i]);
            boxes.add(new Rectangle(
                    corners[at], corners[at + 1], corners[at + 2] - corners[at], corners[at + 3] - corners[at + 1]));
        }
        return new DetectedObjects(names, probabilities, boxes);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pass.scores().close();
        }
    }
}
