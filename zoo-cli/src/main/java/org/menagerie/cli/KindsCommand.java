package org.menagerie.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.settings.SettingField;
import org.menagerie.spi.settings.Suggestions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zoo kinds}: everything that cards, recipes and options can name, with its settings, as plugins bind it. */
@Command(
        name = "kinds",
        description = "Lists what cards, recipes and options can name, with the settings of each.",
        footerHeading = "%nExamples:%n",
        footer = {"  zoo kinds", "  zoo kinds optimizer", "  zoo kinds optimizer adam"})
public final class KindsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "A kind, for example optimizer, schedule, transform, decoder (default: all).")
    @Nullable
    String kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "COMPONENT", description = "One of the kind's names.")
    @Nullable
    String component;

    @Override
    public Integer call() {
        PrintWriter out = common.console().out();
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Map<String, Map<String, ?>> kinds = zoo.kinds();
            if (kind == null) {
                Table table = new Table("KIND", "NAMES");
                kinds.forEach((word, names) -> table.row(word, String.join(", ", names.keySet())));
                table.print(out);
            } else if (component == null) {
                list(named("kind", word(kind), kinds), out);
            } else {
                describe(named(kind, component, named("kind", word(kind), kinds)), out);
            }
        }
        return ExitCodes.OK;
    }

    /** A recipe calls a transform an augmentation. */
    private static String word(String kind) {
        return kind.equals("augmentation") ? "transform" : kind;
    }

    private <T> T named(String what, String name, Map<String, T> known) {
        T found = known.get(name);
        if (found == null) {
            throw common.wrongUse("There is no %s '%s'%s; there are %s"
                    .formatted(
                            what,
                            name,
                            Suggestions.didYouMean(name, known.keySet()),
                            String.join(", ", known.keySet())));
        }
        return found;
    }

    private static void list(Map<String, ?> components, PrintWriter out) {
        Table table = new Table("NAME", "SETTINGS");
        components.forEach((name, component) -> table.row(name, settings(component)));
        table.print(out);
    }

    private static String settings(Object component) {
        return component instanceof Configurable configurable
                ? SettingField.of(configurable).stream()
                        .map(field ->
                                field.name() + field.standard().map("="::concat).orElse(""))
                        .collect(Collectors.joining(", "))
                : "";
    }

    private static void describe(Object component, PrintWriter out) {
        if (!(component instanceof Configurable configurable)) {
            out.println("It has no settings.");
            return;
        }
        configurable.traits().forEach((trait, value) -> out.println(trait + ": " + value));
        List<SettingField> fields = SettingField.of(configurable);
        if (fields.isEmpty()) {
            out.println("It has no settings.");
            return;
        }
        Table table = new Table("SETTING", "VALUE", "DEFAULT");
        fields.forEach(field -> table.row(
                field.name(), field.type(), field.standard().orElse(field.optional() ? "optional" : "must be given")));
        table.print(out);
    }
}
