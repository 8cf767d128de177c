package org.menagerie.spi.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.SettingException;

/** One binder for the settings of cards, options and maps. */
class SettingsTest {
    enum Form {
        DIRECT,
        LOOK_AHEAD
    }

    record Moving(
            double beta1, double epsilon, Form form, boolean decoupled, List<Integer> sizes, Optional<String> note) {
        Moving {
            if (beta1 >= 1) {
                throw new IllegalArgumentException("beta1 must be below 1; found " + beta1);
            }
        }
    }

    record Plan(Component optimizer, List<Component> augment) {}

    private static final Moving DEFAULTS = new Moving(0.9, 1e-8, Form.DIRECT, false, List.of(1, 2), Optional.empty());

    private static Moving read(String text) {
        return ComponentText.parse("--optimizer", text).settings().over(DEFAULTS);
    }

    @Test
    void givenFieldsReplaceDefaults() {
        assertThat(read("adam")).isEqualTo(DEFAULTS);
        assertThat(read("adam:beta1=.95,epsilon=1e-7,form=look-ahead,decoupled=true,sizes=[3,4],note=a b"))
                .isEqualTo(new Moving(0.95, 1e-7, Form.LOOK_AHEAD, true, List.of(3, 4), Optional.of("a b")));
        assertThat(TreeSettings.of("settings", Map.of("beta1", 0.5, "sizes", List.of(7)))
                        .over(DEFAULTS))
                .isEqualTo(new Moving(0.5, 1e-8, Form.DIRECT, false, List.of(7), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adam:bta1=.9 | --optimizer adam: unknown field 'bta1' (did you mean 'beta1'?); expected beta1, decoupled, epsilon, form, note, sizes",
                "adam:beta1=x | --optimizer adam: 'beta1' must be a number, found string 'x'",
                "adam:beta1=2 | --optimizer adam: beta1 must be below 1; found 2.0",
                "adam:form=sideways | --optimizer adam: 'form' must be one of direct, look-ahead, found string 'sideways'",
                "adam:beta1 | --optimizer: expected NAME or NAME:KEY=VALUE,KEY=VALUE, found 'adam:beta1'",
                "adam:beta1= | --optimizer: expected NAME or NAME:KEY=VALUE,KEY=VALUE, found 'adam:beta1='",
                "adam: | --optimizer: expected NAME or NAME:KEY=VALUE,KEY=VALUE, found 'adam:'",
                "beta1=3 | --optimizer: expected NAME or NAME:KEY=VALUE,KEY=VALUE, found 'beta1=3'",
                "adam:beta1=.1,beta1=.2 | --optimizer: 'adam:beta1=.1,beta1=.2' gives 'beta1' twice",
            })
    void errorsNameTheOption(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".5 | 0.5",
                "-.5 | -0.5",
                "+3 | 3",
                "1. | 1.0",
                "12 | 12",
                "1e-7 | 1.0E-7",
                "true | true",
                "tru | \"tru\"",
                "1.2.3 | \"1.2.3\"",
                "12 abc | \"12 abc\"",
                "[a,b] | [\"a\",\"b\"]",
                "[.5,1] | [0.5,1]",
                "a=b | \"a=b\""
            })
    void valuesAreReadAsTheyAreTyped(String text, String json) {
        assertThat(SettingValue.of(text)).hasToString(json);
    }

    @Test
    void aListOfComponentsHoldsTheirSettings() {
        assertThat(ComponentText.parseAll("--augment", "flip,crop:padding=4,fill=.5,cutout:size=6"))
                .extracting(component -> component.name() + component.settings())
                .containsExactly("flip{}", "crop{\"padding\":4,\"fill\":0.5}", "cutout{\"size\":6}");
    }

    @Test
    void aCardStatesAComponentAsTextOrAsBlock() throws Exception {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree("""
                {"optimizer": {"name": "adam", "beta1": 0.95}, "augment": ["flip", "crop:padding=4"]}""");
        Plan plan = TreeSettings.of("recipe", tree).as(Plan.class);

        assertThat(plan.optimizer().settings().over(DEFAULTS).beta1()).isEqualTo(0.95);
        assertThat(plan.augment()).extracting(Component::name).containsExactly("flip", "crop");
        assertThat(plan.augment().get(1).settings()).hasToString("{\"padding\":4}");
    }

    @Test
    void errorsInACardNameTheLineOfABlocksFieldAndOfAText() throws Exception {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree("""
                {"optimizer": {"name": "adam", "bta1": 0.95}, "augment": ["adam:bta1=4"]}""");
        SettingNode card = new SettingNode(
                "x.md", tree, "", Map.of("optimizer", 3, "optimizer.bta1", 4, "augment", 5, "augment[0]", 6));
        Plan plan = new TreeSettings(card, List.of()).as(Plan.class);

        assertThatThrownBy(() -> plan.optimizer().settings().over(DEFAULTS))
                .isInstanceOf(CardException.class)
                .hasMessageStartingWith("Card x.md, line 4: unknown field 'optimizer.bta1' (did you mean 'beta1'?)");
        assertThatThrownBy(() -> plan.augment().get(0).settings().over(DEFAULTS))
                .hasMessageStartingWith("Card x.md, line 6: unknown field 'augment[0].bta1' (did you mean 'beta1'?)");
    }

    @Test
    void fieldsTellTheirTypesAndDefaults() {
        assertThat(SettingField.of(DEFAULTS))
                .extracting(field -> "%s: %s = %s"
                        .formatted(field.name(), field.type(), field.standard().orElse("-")))
                .containsExactly(
                        "beta1: number = 0.9",
                        "epsilon: number = 1.0E-8",
                        "form: direct or look-ahead = direct",
                        "decoupled: true or false = false",
                        "sizes: list of integer = [1,2]",
                        "note: text = -");
        assertThat(SettingField.of(Moving.class))
                .extracting(SettingField::optional)
                .containsOnly(false, true);
    }
}
