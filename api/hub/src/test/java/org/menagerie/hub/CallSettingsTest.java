package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CardException;
import org.menagerie.spi.SettingException;

/** Settings that a caller gives in place of a card's. */
class CallSettingsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TempDir
    Path temp;

    private ZooOptions options = ZooOptions.defaults();

    @BeforeEach
    void oneCardAndOnePlugin() throws IOException {
        TestModels.write(temp.resolve("cards"), "doubler", TestModels.doubler(0));
        options = ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withDevice(Device.CPU)
                .withCatalogs(List.of(temp.resolve("cards")))
                .withClassLoader(TestPlugins.classLoader(temp, List.of(TestPlugins.Numbers.class.getName())));
    }

    private void refused(Map<String, JsonNode> overrides, List<String> settings, String message) {
        try (Zoo zoo = Zoo.open(options)) {
            assertThatThrownBy(() -> zoo.load("doubler", overrides))
                    .hasMessage(message)
                    .asInstanceOf(InstanceOfAssertFactories.type(SettingException.class))
                    .satisfies(e -> assertThat(e.settings()).containsExactlyInAnyOrderElementsOf(settings));
        }
    }

    @Test
    void aSignatureListsWhatMayBeReplaced() {
        try (Zoo zoo = Zoo.open(options)) {
            assertThat(zoo.signature("doubler"))
                    .isEqualTo(new ModelSignature(
                            "doubler",
                            Double.class,
                            Double.class,
                            "decoder 'number'",
                            List.of("digits", "step", "width")));
            assertThat(zoo.load("doubler", Map.of("digits", JSON.numberNode(2))).predictAny(List.of(1.0)))
                    .isEqualTo(List.of(2.0));
        }
    }

    @Test
    void anUnknownSettingIsAnErrorThatListsTheModelsOwn() {
        refused(
                Map.of("digit", JSON.numberNode(2)),
                List.of("digit"),
                "Model 'doubler' has no setting 'digit' (did you mean 'digits'?); its decoder 'number' has digits, step, width");
        refused(
                Map.of("beam", JSON.numberNode(2), "alpha", JSON.numberNode(1)),
                List.of("alpha", "beam"),
                "Model 'doubler' has no setting 'alpha' and 'beam'; its decoder 'number' has digits, step, width");
    }

    @Test
    void aRefusedValueNamesTheSettingAndNotTheCard() {
        refused(
                Map.of("digits", JSON.numberNode(-1), "width", JSON.textNode("a")),
                List.of("digits"),
                "Settings given to model 'doubler': digits must be at least 0, not -1");
        refused(
                Map.of("step", JSON.textNode("x")),
                List.of("step"),
                "Settings given to model 'doubler': 'step' must be a number, found string 'x'");
        refused(
                Map.of("digits", JSON.numberNode(4), "step", JSON.numberNode(1.0)),
                List.of("digits", "step"),
                "Settings given to model 'doubler': more than 3 digits need no step");
    }

    @Test
    void aSettingWithoutEffectIsRefusedUnlessTheCardStatesIt() throws IOException {
        refused(
                Map.of("step", JSON.numberNode(1.0)),
                List.of("step"),
                "Setting 'step' of model 'doubler' has no effect: there is no width");
        card("{name: number, step: 2}");
        try (Zoo zoo = Zoo.open(options)) {
            assertThat(zoo.load("doubler", Map.of("digits", JSON.numberNode(1))).predictAny(List.of(1.0)))
                    .isEqualTo(List.of(2.0));
        }
    }

    @Test
    void aFaultOfTheCardStaysAFaultOfTheCard() throws IOException {
        card("{name: number, digits: -1}");
        try (Zoo zoo = Zoo.open(options)) {
            assertThatThrownBy(() -> zoo.load("doubler", Map.of("digits", JSON.numberNode(1))))
                    .isInstanceOf(CardException.class)
                    .hasMessageContaining("Card")
                    .hasMessageContaining("line 8");
        }
    }

    private void card(String decoder) throws IOException {
        Path card = temp.resolve("cards/doubler.md");
        Files.writeString(card, Files.readString(card).replace("{name: number}", decoder));
    }
}
