package org.menagerie.vision;

import ai.djl.modality.Classifications;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.decoding.Scores;
import org.menagerie.spi.CardException;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.vision.ClassificationSettings.Activation;

/**
 * Class scores {@code f32[N,classes]} to the most probable labels, best first; equal scores in the classes' order.
 *
 * <p>A class is named by the card's labels, or by its number where the card has none. Thread-safe.
 */
final class ClassificationDecoder implements MergingDecoder<Classifications> {
    private final String output;
    private final Activation activation;
    private final int topK;
    private final ModelCard card;

    ClassificationDecoder(ClassificationSettings settings, ModelCard card) {
        this.output = settings.output();
        this.activation = settings.activation() == null ? Activation.SOFTMAX : settings.activation();
        this.topK = settings.topK() == null ? 5 : settings.topK();
        this.card = card;
    }

    /** The mean of the looks' probabilities. */
    @Override
    public List<Classifications> merge(List<Seen> looks) {
        int batch = looks.get(0).prepared().size();
        List<FloatBuffer> scores = new ArrayList<>();
        int classes = 0;
        for (Seen look : looks) {
            Tensor tensor = look.inference().output(output, card, batch);
            classes = tensor.size() / batch;
            requireLabels(classes);
            scores.add(tensor.floats());
        }
        float[] row = new float[classes];
        List<Classifications> answers = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            float[] mean = new float[classes];
            for (FloatBuffer look : scores) {
                look.get(row);
                float[] probabilities = probabilities(row);
                for (int c = 0; c < classes; c++) {
                    mean[c] += probabilities[c] / looks.size();
                }
            }
            answers.add(answer(mean));
        }
        return answers;
    }

    private void requireLabels(int classes) {
        if (!card.labels().isEmpty() && card.labels().size() != classes) {
            throw new CardException("Model '%s' gives %d scores an input, but its card lists %d labels"
                    .formatted(card.name(), classes, card.labels().size()));
        }
    }

    private float[] probabilities(float[] scores) {
        return switch (activation) {
            case NONE -> scores;
            case SIGMOID -> Scores.sigmoid(scores);
            case SOFTMAX -> Scores.softmax(scores);
        };
    }

    private Classifications answer(float[] probabilities) {
        List<String> names = new ArrayList<>(topK);
        List<Double> values = new ArrayList<>(topK);
        for (int i : Scores.topK(probabilities, topK)) {
            if (Float.isNaN(probabilities[i])) {
                throw new ZooException("Model '%s' gives NaN for a class; expected numbers: its file may be damaged"
                        .formatted(card.name()));
            }
            names.add(
                    card.labels().isEmpty()
                            ? Integer.toString(i)
                            : card.labels().get(i));
            values.add((double) probabilities[i]);
        }
        Classifications answer = new Classifications(names, values);
        answer.setTopK(names.size());
        return answer;
    }
}
