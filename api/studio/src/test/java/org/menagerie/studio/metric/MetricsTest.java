package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooModule;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.SettingException;

class MetricsTest {
    private static final ModelSignature CLASSIFIER =
            new ModelSignature("lenet", Image.class, Classifications.class, "decoder 'classification'", List.of());

    @TempDir
    Path home = Path.of("");

    private Metrics metrics(boolean more) {
        Zoo zoo = Guice.createInjector(new ZooModule(ZooOptions.defaults().withHome(home)), new AbstractModule() {
                    @Override
                    protected void configure() {
                        if (more) {
                            PluginBinder.on(binder())
                                    .bind(MetricKind.class, "first-letter")
                                    .toInstance(firstLetter());
                        }
                    }
                })
                .getInstance(Zoo.class);
        return Metrics.of(zoo);
    }

    private static MetricKind<Image, Classifications> firstLetter() {
        return new MetricKind<>(
                "classifiers of pictures",
                Image.class,
                Classifications.class,
                List.of("label"),
                List.of("share"),
                true,
                false,
                Map.of(),
                (data, card) -> model -> Map.of("share", 1.0));
    }

    @Test
    void theUsualMetricCountsUnlessAnotherIsNamed() {
        Metrics metrics = metrics(true);
        assertThat(metrics.fitting(CLASSIFIER)).containsExactly("accuracy", "first-letter");
        assertThat(metrics.choose(CLASSIFIER, null).figures()).containsExactly("accuracy", "top_5_accuracy");
        assertThat(metrics.choose(CLASSIFIER, "first-letter").figures()).containsExactly("share");
    }

    @Test
    void unknownAndUnfitMetricsAreErrorsThatListThoseThatFit() {
        Metrics metrics = metrics(true);
        assertThatThrownBy(() -> metrics.choose(CLASSIFIER, "acuracy"))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "There is no metric 'acuracy' (did you mean 'accuracy'?) for model 'lenet'; those that fit it are"
                                + " accuracy, first-letter");
        assertThatThrownBy(() -> metrics.choose(CLASSIFIER, "mAP"))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "Metric 'mAP' does not fit model 'lenet', which answers Classifications to Image; those that fit"
                                + " it are accuracy, first-letter");
    }

    @Test
    void aModelThatNothingMeasuresIsToldWhatCanBeMeasured() {
        ModelSignature embedding = new ModelSignature("mini", String.class, float[].class, "decoder 'x'", List.of());
        assertThatThrownBy(() -> metrics(false).choose(embedding, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "'mini' answers float[] to String; there are metrics of [captioners of images, classifiers of pictures,"
                                + " classifiers of rows of numbers, classifiers of texts, detectors in pictures, segmenters of pictures, writers of texts]");
    }
}
