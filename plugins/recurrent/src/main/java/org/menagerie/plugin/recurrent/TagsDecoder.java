package org.menagerie.plugin.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

/** The most probable label of each token; of equal ones the first. Thread-safe. */
record TagsDecoder(TagsSettings settings, ModelCard card) implements Decoder<Tags> {
    @Override
    public List<Tags> decode(Prepared prepared, Inference inference) {
        int classes = card.labels().size();
        Tensor scores = inference.output(settings.output(), card, prepared.size(), -1, classes);
        Tensor lengths = prepared.tensors().get(settings.length());
        if (lengths == null) {
            throw new InvalidInputException("The decoder 'tags' of '%s' needs the input '%s'; the network has %s"
                    .formatted(
                            card.name(), settings.length(), prepared.tensors().keySet()));
        }
        int longest = (int) scores.shape().dim(1);
        List<Tags> answers = new ArrayList<>();
        for (int i = 0; i < prepared.size(); i++) {
            List<String> tags = new ArrayList<>();
            for (int at = 0; at < lengths.ints().get(i); at++) {
                int best = 0;
                int first = (i * longest + at) * classes;
                for (int k = 1; k < classes; k++) {
                    if (scores.floats().get(first + k) > scores.floats().get(first + best)) {
                        best = k;
                    }
                }
                tags.add(card.labels().get(best));
            }
            answers.add(new Tags(tags));
        }
        return answers;
    }
}
