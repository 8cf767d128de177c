package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.Network;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.vision.ImageReader;

/** NaN into networks and out of them: an answer without NaN scores, or a sentence. */
class NanTensorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet-fashion-mnist",
                "unet-fashion-scenes",
                "yolo-fashion-scenes",
                "faster-rcnn-fashion-scenes",
                "yolox-nano-coco",
                "selfie-segmentation",
                "blazeface-front",
                "blazeface-back"
            })
    void decodersBearThem(String name) {
        TypedModel<?, ?> model = ShippedModels.fetched(() -> ShippedModels.ZOO.load(name));
        Trace trace = model.trace(picture("images/ankle-boot.png")).orElseThrow();
        ModelCard card = model.model().card();
        Path file = ShippedModels.ZOO.artifact(name, "model");
        try (OnnxSession network =
                OnnxSession.open(file, SessionOptions.defaults().withDevice(Device.CPU))) {
            Map<String, Tensor> prepared = new HashMap<>();
            trace.prepared().forEach((input, tensor) -> prepared.put(input, tensor.copy()));
            prepared.values().forEach(NanNetwork::fill);
            Map<String, Tensor> fromNan = network.run(prepared);
            assertAnswerOrSentence(card, prepared, fromNan, network);
            fromNan.values().forEach(NanNetwork::fill);
            assertAnswerOrSentence(card, prepared, fromNan, network);
        }
    }

    private static void assertAnswerOrSentence(
            ModelCard card, Map<String, Tensor> prepared, Map<String, Tensor> outputs, Network network) {
        String kind = card.decoder().orElseThrow().name();
        DecoderKind<?, ?> known = Objects.requireNonNull(
                ShippedModels.ZOO.components(DecoderKind.class).get(kind));
        Decoder<?> decoder = decoder(known, card);
        long[] picture = prepared.values().iterator().next().shape().dims();
        int side = (int) Arrays.stream(picture).max().orElseThrow();
        Origin origin = new Origin.Image(28, 28, side, side, side / 28.0, side / 28.0, 0, 0);
        List<?> answers;
        try {
            answers = decoder.decode(new Prepared(prepared, List.of(origin)), new Inference(outputs, network));
        } catch (ZooException sentence) {
            assertThat(sentence.getMessage()).contains("NaN");
            return;
        }
        assertThat(answers).hasSize(1);
        if (answers.get(0) instanceof Classifications classes) {
            for (Classification item : classes.<Classification>items()) {
                assertThat(item.getProbability()).isNotNaN();
            }
        }
    }

    private static <O, S extends Record> Decoder<O> decoder(DecoderKind<O, S> kind, ModelCard card) {
        return kind.create(card.decoder().orElseThrow().settings(), card);
    }

    @ParameterizedTest
    @CsvSource({"detection, false", "recognition, false", "orientation, true"})
    void pipelinesOfPicturesBearThem(String nan, boolean orientation) {
        Image page = picture("images/bw_text.png");
        bears("pp-ocr", nan, page, Map.of("orientation", orientation));
    }

    @Test
    void recurrentNetworksBearThem() throws IOException {
        byte[] speech = Fixtures.bytes("audio/librivox-0880.wav");
        Audio audio = new AudioReader().read(new ByteArrayInputStream(speech), "speech.wav");
        bears("silero-vad", "model", audio, Map.of());
    }

    @Test
    void encodersBearThem() {
        bears("all-minilm-l6-v2-int8", "model", "a sentence", Map.of());
    }

    private static void bears(String name, String nan, Object input, Map<String, Boolean> flags) {
        ModelCard card = ShippedModels.ZOO.card(name);
        ModelKind<?, ?, ?> kind = Objects.requireNonNull(ShippedModels.ZOO
                .components(ModelKind.class)
                .get(card.kind().orElseThrow().name()));
        predict(kind, card, new NanNetwork.Files(new CpuFiles(name), nan), input, flags);
    }

    private static <I, O, S extends Record> void predict(
            ModelKind<I, O, S> kind, ModelCard card, Artifacts artifacts, Object input, Map<String, Boolean> flags) {
        ObjectNode tree = card.kind().orElseThrow().settings().tree().deepCopy();
        flags.forEach(tree::put);
        S settings = TreeSettings.of("Settings of the test", tree).as(kind.settings());
        try (Model<I, O> model = ShippedModels.fetched(() -> kind.create().create(settings, card, artifacts))) {
            assertThatCode(() -> {
                        try {
                            O answer = model.predict(kind.input().cast(input));
                            assertThat(answer).isNotNull();
                            assertThat(answer instanceof float[] vector ? Arrays.toString(vector) : answer.toString())
                                    .doesNotContain("NaN");
                        } catch (ZooException sentence) {
                            assertThat(sentence.getMessage()).contains("NaN");
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static Image picture(String name) {
        return new ImageReader().read(Fixtures.bytes(name), name);
    }

    /** A card's files, its networks on the CPU. */
    private record CpuFiles(String model) implements Artifacts {
        @Override
        public Path file(String name) {
            return ShippedModels.ZOO.artifact(model, name);
        }

        @Override
        public Network network(String name) {
            return OnnxSession.open(file(name), SessionOptions.defaults().withDevice(Device.CPU));
        }
    }
}
