package org.menagerie.plugin.sentenceembedding;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.contract.ModelContract;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;

/** Runs a published encoder; skipped only if offline without it. */
class SentenceEmbeddingContractTest extends ModelContract<String, float[]> {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    @Override
    protected Model<String, float[]> model() {
        return Fetched.orSkip(() -> ZOO.load("all-minilm-l6-v2", String.class, float[].class));
    }

    /** Of two lengths, one of them empty. */
    @Override
    protected List<String> inputs() {
        return List.of("The weather is lovely today.", "He drove.", "");
    }

    /** Sums of a matrix product may be taken in another order in a batch. */
    @Override
    protected String text(float[] answer) {
        List<Long> rounded = new ArrayList<>();
        for (float number : answer) {
            rounded.add(Math.round(number * 100.0));
        }
        return rounded.toString();
    }
}
