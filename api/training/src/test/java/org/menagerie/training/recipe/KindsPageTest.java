package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.settings.SettingField;

/** The README's table of settings is that of the kinds; where it differs, the failure prints the right one. */
class KindsPageTest {
    @Test
    void theReadmeListsEveryKindWithItsSettings() throws IOException {
        TrainingKinds kinds = TrainingKinds.standard();
        String table = "| kind | name | settings and defaults |\n| --- | --- | --- |\n"
                + rows("`--optimizer`", kinds.optimizers())
                + rows("`--schedule`", kinds.schedules())
                + rows("`--augment`", kinds.transforms());

        assertThat(Files.readString(Path.of("README.md")))
                .contains("<!-- kinds -->\n" + table + "<!-- end of kinds -->");
    }

    private static String rows(String option, Map<String, ? extends Configurable> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> "| %s | `%s` | %s |\n".formatted(option, kind.getKey(), settings(kind.getValue())))
                .collect(Collectors.joining());
    }

    private static String settings(Configurable kind) {
        return SettingField.of(kind).stream()
                .map(field -> "`%s=%s`".formatted(field.name(), field.standard().orElse("")))
                .collect(Collectors.joining(" "));
    }
}
