package org.menagerie.audio;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;

/** Sounds to one tensor {@code f32[N,samples]} at the network's rate. Sounds of one length share a batch. */
final class WaveformPreprocessor implements Preprocessor<Audio> {
    private final WaveformSettings settings;

    WaveformPreprocessor(WaveformSettings settings) {
        this.settings = settings;
    }

    @Override
    public Object batchKey(Audio input) {
        return List.of(input.rate(), input.samples().length);
    }

    @Override
    public Prepared prepare(List<? extends Audio> inputs) {
        List<float[]> sounds = inputs.stream().map(this::samples).toList();
        int length = sounds.get(0).length;
        if (length == 0) {
            throw new InvalidInputException("The sound is empty");
        }
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, inputs.size(), length);
        for (int i = 0; i < sounds.size(); i++) {
            if (sounds.get(i).length != length) {
                throw new InvalidInputException("Sounds of one batch must have one length: expected %,d, found %,d"
                        .formatted(length, sounds.get(i).length));
            }
            tensor.floats().put(i * length, sounds.get(i));
        }
        return new Prepared(Map.of(settings.input(), tensor), Collections.nCopies(inputs.size(), new Origin.None()));
    }

    private float[] samples(@Nullable Audio sound) {
        if (sound == null) {
            throw new InvalidInputException("A sound is null");
        }
        return sound.at(settings.rate()).samples();
    }
}
