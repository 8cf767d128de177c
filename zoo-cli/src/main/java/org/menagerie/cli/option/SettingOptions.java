package org.menagerie.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.settings.Suggestions;

/**
 * The options of a command that replace settings of a model's card. The model's own settings decide which of them fit; what
 * does not fit is told as a fault of the option.
 *
 * @param options all such options of the command, given or not
 */
public record SettingOptions(List<SettingOption> options) {
    /**
     * Loads a model with the given options in place of its card's settings.
     *
     * @throws SettingException if the model cannot follow an option
     */
    public TypedModel<?, ?> load(Zoo zoo, String name, ModelSignature model) {
        return apply(model, settings -> zoo.load(name, settings));
    }

    /**
     * Does something with the settings that the given options stand for.
     *
     * @throws SettingException if the model cannot follow an option
     */
    public <T> T apply(ModelSignature model, Function<Map<String, JsonNode>, T> action) {
        Map<String, SettingOption> bySetting = new LinkedHashMap<>();
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        for (SettingOption option : options) {
            JsonNode value = option.value();
            if (value != null) {
                String setting = setting(option, model);
                SettingOption other = bySetting.put(setting, option);
                if (other != null) {
                    throw new SettingException(
                            List.of(setting),
                            "%s and %s both set '%s'; give one of them".formatted(other, option, setting));
                }
                settings.put(setting, value);
            }
        }
        try {
            return action.apply(settings);
        } catch (SettingException e) {
            List<SettingOption> faults = e.settings().stream()
                    .filter(bySetting::containsKey)
                    .map(bySetting::get)
                    .toList();
            if (faults.isEmpty()) {
                throw e;
            }
            boolean unknown = e.settings().stream().noneMatch(model::has);
            throw new SettingException(
                    e.settings(), unknown ? refusal(faults, model) : joined(faults) + ": " + e.getMessage());
        }
    }

    private static String setting(SettingOption option, ModelSignature model) {
        return option.settings().stream()
                .filter(model::has)
                .findFirst()
                .orElse(option.settings().get(0));
    }

    private String refusal(List<SettingOption> faults, ModelSignature model) {
        Set<String> own = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        for (String setting : model.settings()) {
            options.stream()
                    .filter(option -> !option.name().startsWith("--set")
                            && option.settings().contains(setting))
                    .findFirst()
                    .ifPresentOrElse(option -> own.add(option.name()), () -> others.add(setting));
        }
        List<String> takes = new ArrayList<>();
        if (!own.isEmpty()) {
            takes.add(String.join(", ", own));
        }
        if (!others.isEmpty()) {
            takes.add("--set with " + String.join(", ", others));
        }
        return "%s %s not fit model '%s'%s: its %s takes %s"
                .formatted(
                        joined(faults),
                        faults.size() == 1 ? "does" : "do",
                        model.model(),
                        faults.size() == 1
                                ? Suggestions.didYouMean(
                                        faults.get(0).settings().get(0), model.settings())
                                : "",
                        model.component(),
                        takes.isEmpty() ? "no options" : String.join(", and ", takes));
    }

    private static String joined(List<SettingOption> options) {
        return options.stream().map(SettingOption::toString).collect(Collectors.joining(", "));
    }
}
