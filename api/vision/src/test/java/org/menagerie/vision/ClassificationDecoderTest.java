package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ClassificationSettings.Activation;

class ClassificationDecoderTest {
    @Test
    void softmaxNamesTheBestOfEachInput() {
        List<Classifications> answers =
                decode(null, 2, List.of("cat", "dog", "owl"), new float[] {1, 3, 2, 1000, 0, -1000}, 2);
        assertThat(answers.get(0).getClassNames()).containsExactly("dog", "owl");
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
        assertThat(answers.get(0).getProbabilities().get(0)).isCloseTo(Math.exp(3) / sum, within(1e-6));
        assertThat(answers.get(0).getProbabilities().get(1)).isCloseTo(Math.exp(2) / sum, within(1e-6));
        assertThat(answers.get(1).best().getClassName()).isEqualTo("cat");
        assertThat(answers.get(1).best().getProbability()).isEqualTo(1);
    }

    @Test
    void sigmoidReadsEachClassAlone() {
        Classifications answer = decode(Activation.SIGMOID, null, List.of(), new float[] {0, 2, -2}, 1)
                .get(0);
        assertThat(answer.getClassNames()).containsExactly("1", "0", "2");
        assertThat(answer.getProbabilities().get(1)).isEqualTo(0.5);
        assertThat(answer.getProbabilities().get(2)).isCloseTo(1 / (1 + Math.exp(2)), within(1e-6));
    }

    @Test
    void noActivationKeepsScoresAndTiesKeepTheirOrder() {
        Classifications answer = decode(Activation.NONE, 2, List.of("a", "b", "c"), new float[] {.25f, .5f, .5f}, 1)
                .get(0);
        assertThat(answer.getClassNames()).containsExactly("b", "c");
        assertThat(answer.getProbabilities()).containsExactly(.5, .5);
    }

    @Test
    void labelsThatDoNotFitTheNetworkAreTheCardsError() {
        assertThatThrownBy(() -> decode(null, null, List.of("a", "b"), new float[] {1, 2, 3}, 1))
                .isInstanceOf(CardException.class)
                .hasMessage("Model 'm' gives 3 scores an input, but its card lists 2 labels");
    }

    private static List<Classifications> decode(
            @Nullable Activation activation, @Nullable Integer topK, List<String> labels, float[] scores, int inputs) {
        ModelCard card = Cards.labelled("m", "image-classification", labels);
        Prepared prepared = new Prepared(Map.of(), Collections.nCopies(inputs, new Origin.None()));
        Tensor tensor = Tensor.of(scores, inputs, scores.length / inputs);
        return new ClassificationDecoder(new ClassificationSettings("logits", activation, topK), card)
                .decode(prepared, new Inference(Map.of("logits", tensor), FakeNetwork.NEVER_ASKED));
    }
}
