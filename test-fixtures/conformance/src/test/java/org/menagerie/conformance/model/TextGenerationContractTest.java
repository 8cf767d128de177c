package org.menagerie.conformance.model;

import java.util.List;
import org.menagerie.fixtures.contract.ModelContract;
import org.menagerie.spi.Model;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;

/** The kind of model that writes texts, by the card that ships with its networks. */
class TextGenerationContractTest extends ModelContract<String, GeneratedTexts> {
    @Override
    protected Model<String, GeneratedTexts> model() {
        return ShippedModels.ZOO.load("g2p-lstm-cmudict", String.class, GeneratedTexts.class);
    }

    @Override
    protected List<String> inputs() {
        return List.of("menagerie", "zoo", "cat");
    }

    @Override
    protected List<String> broken() {
        return List.of("", "naïve", "42");
    }

    @Override
    protected String text(GeneratedTexts answer) {
        return answer.texts().stream().map(GeneratedText::text).toList().toString();
    }
}
