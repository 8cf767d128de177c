package org.menagerie.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Look;
import org.menagerie.spi.LookKind;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;
import org.menagerie.spi.settings.TreeSettings;

/**
 * The looks that a model takes beside the plain one, as its card or a caller names them: {@code tta: [flip, shift]}, or {@code
 * flip,scale:by=.8}. {@code none} stands for no further look.
 *
 * @param input what the model takes
 * @param known the looks that plugins bind, by name
 */
record Looks<I>(Class<I> input, Map<String, LookKind<?, ?>> known) {
    private static final String NONE = "none";

    /** The setting beside a decoder's own ones. */
    record Setting(@Nullable List<Component> tta) {}

    /**
     * Reads the setting and makes the looks.
     *
     * @throws ZooException if it names a look that there is not, or one that does not fit the model
     */
    List<Look<I>> of(CallSettings given, Map<String, JsonNode> overrides) {
        Map<String, JsonNode> own = new HashMap<>(overrides);
        own.keySet().retainAll(List.of(MergingDecoder.SETTING));
        Component stated = given.component();
        CallSettings setting = new CallSettings(
                given.signature(),
                new Component(stated.name(), TreeSettings.only(stated.settings(), List.of(MergingDecoder.SETTING))));
        List<Component> named = setting.as(Setting.class, own).tta();
        if (named == null) {
            return List.of();
        }
        boolean none = named.stream().anyMatch(look -> look.name().equals(NONE));
        if (none && named.size() > 1) {
            throw fault(given, own, "'none' stands for no further look; expected nothing beside it");
        }
        List<Look<I>> looks = new ArrayList<>();
        for (Component look : none ? List.<Component>of() : named) {
            looks.add(look(look, given, own));
        }
        return List.copyOf(looks);
    }

    @SuppressWarnings("unchecked") // checked by the input's class
    private Look<I> look(Component named, CallSettings given, Map<String, JsonNode> own) {
        LookKind<?, ?> kind = known.get(named.name());
        if (kind == null || !kind.input().equals(input)) {
            List<String> fitting = known.entrySet().stream()
                    .filter(entry -> entry.getValue().input().equals(input))
                    .map(Map.Entry::getKey)
                    .toList();
            throw fault(
                    given,
                    own,
                    "there is no look '%s' at %s%s; known are %s, and none"
                            .formatted(
                                    named.name(),
                                    input.getSimpleName(),
                                    Suggestions.didYouMean(named.name(), fitting),
                                    new TreeSet<>(fitting).stream().collect(Collectors.joining(", "))));
        }
        return (Look<I>) kind.create(named.settings());
    }

    private static ZooException fault(CallSettings given, Map<String, JsonNode> own, String problem) {
        String all = "Setting '%s' of model '%s': %s"
                .formatted(MergingDecoder.SETTING, given.signature().model(), problem);
        return own.isEmpty() ? new CardException(all) : new SettingException(List.of(MergingDecoder.SETTING), all);
    }
}
