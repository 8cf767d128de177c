package org.menagerie.vision;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.menagerie.decoding.BoxFusion;
import org.menagerie.spi.MergingDecoder.Seen;

/**
 * Answers of a detector from several looks at the same pictures, by {@linkplain BoxFusion weighted boxes fusion}. An object's
 * probability is its mean over the looks, 0 where a look did not find it.
 *
 * @param iou boxes of a class that overlap by more are one object
 * @param threshold what a merged object's probability must exceed
 * @param most how many objects to answer at most, the best ones
 */
public record MergedObjects(float iou, float threshold, int most) {
    /** How one look's batch is read. */
    @FunctionalInterface
    public interface Reader {
        /**
         * The objects of each picture, their boxes as fractions of the original picture.
         *
         * @param threshold what a probability must exceed
         */
        List<DetectedObjects> read(Seen seen, float threshold);
    }

    /** One answer for each picture; with the plain look alone what the reader reads. */
    public List<DetectedObjects> of(List<Seen> looks, Reader reader) {
        if (looks.size() == 1) {
            return reader.read(looks.get(0), threshold);
        }
        // What is above the threshold in the mean may be below it in some looks, whose votes count.
        List<List<DetectedObjects>> found = looks.stream()
                .map(look -> reader.read(look, threshold / looks.size()))
                .toList();
        List<DetectedObjects> answers = new ArrayList<>();
        for (int i = 0; i < looks.get(0).prepared().size(); i++) {
            int picture = i;
            answers.add(merged(found.stream().map(look -> look.get(picture)).toList()));
        }
        return answers;
    }

    private DetectedObjects merged(List<DetectedObjects> looks) {
        List<DetectedObject> all = new ArrayList<>();
        looks.forEach(look -> look.<DetectedObject>items().forEach(all::add));
        List<String> names = List.copyOf(new LinkedHashSet<>(
                all.stream().map(DetectedObject::getClassName).toList()));
        float[] corners = new float[4 * all.size()];
        int[] classes = new int[all.size()];
        float[] scores = new float[all.size()];
        for (int i = 0; i < all.size(); i++) {
            Rectangle box = all.get(i).getBoundingBox().getBounds();
            corners[4 * i] = (float) box.getX();
            corners[4 * i + 1] = (float) box.getY();
            corners[4 * i + 2] = (float) (box.getX() + box.getWidth());
            corners[4 * i + 3] = (float) (box.getY() + box.getHeight());
            classes[i] = names.indexOf(all.get(i).getClassName());
            scores[i] = (float) all.get(i).getProbability();
        }
        BoxFusion.Found fused = new BoxFusion(iou).fuse(new BoxFusion.Found(corners, classes, scores), looks.size());
        List<String> labels = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<BoundingBox> boxes = new ArrayList<>();
        for (int i = 0; i < fused.size() && labels.size() < most && fused.scores()[i] > threshold; i++) {
            float left = fused.corners()[4 * i];
            float top = fused.corners()[4 * i + 1];
            labels.add(names.get(fused.classes()[i]));
            shares.add((double) fused.scores()[i]);
            boxes.add(new Rectangle(
                    left, top, (double) fused.corners()[4 * i + 2] - left, (double) fused.corners()[4 * i + 3] - top));
        }
        return new DetectedObjects(labels, shares, boxes);
    }
}
