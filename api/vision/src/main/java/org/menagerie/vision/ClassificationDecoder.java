package org.menagerie.vision;

import ai.djl.modality.Classifications;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ClassificationSettings.Activation;

/**
 * Class scores {@code f32[N,classes]} to the most probable labels, best first; equal scores in the classes' order.
 *
 * <p>A class is named by the card's labels, or by its number where the card has none. Thread-safe.
 */
final class ClassificationDecoder implements Decoder<Classifications> {
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

    @Override
    public List<Classifications> decode(Prepared prepared, Inference inference) {
        Tensor scores = inference.output(output);
        int classes = scores.size() / prepared.size();
        if (!card.labels().isEmpty() && card.labels().size() != classes) {
            throw new CardException("Model '%s' gives %d scores an input, but its card lists %d labels"
                    .formatted(card.name(), classes, card.labels().size()));
        }
        FloatBuffer values = scores.floats();
        float[] row = new float[classes];
        List<Classifications> answers = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            values.get(row);
            answers.add(answer(row));
        }
        return answers;
    }

    private Classifications answer(float[] scores) {
        double[] probabilities = probabilities(scores);
        List<Integer> best = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .limit(topK)
                .toList();
        Classifications answer = new Classifications(
                best.stream().map(this::label).toList(),
                best.stream().map(i -> probabilities[i]).toList());
        answer.setTopK(best.size());
        return answer;
    }

    private String label(int i) {
        return card.labels().isEmpty() ? Integer.toString(i) : card.labels().get(i);
    }

    private double[] probabilities(float[] scores) {
        double[] probabilities = new double[scores.length];
        switch (activation) {
            case NONE -> {
                for (int i = 0; i < scores.length; i++) {
                    probabilities[i] = scores[i];
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < scores.length; i++) {
                    probabilities[i] = 1 / (1 + Math.exp(-scores[i]));
                }
            }
            case SOFTMAX -> {
                double max = Double.NEGATIVE_INFINITY;
                for (float score : scores) {
                    max = Math.max(max, score);
                }
                double sum = 0;
                for (int i = 0; i < scores.length; i++) {
                    probabilities[i] = Math.exp(scores[i] - max);
                    sum += probabilities[i];
                }
                for (int i = 0; i < scores.length; i++) {
                    probabilities[i] /= sum;
                }
            }
        }
        return probabilities;
    }
}
