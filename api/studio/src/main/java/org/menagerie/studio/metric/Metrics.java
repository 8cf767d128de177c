package org.menagerie.studio.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.settings.Suggestions;

/** The metrics that plugins bind, by name. */
public final class Metrics {
    private final TreeMap<String, MetricKind<?, ?>> kinds = new TreeMap<>();

    private Metrics() {}

    /** The metrics of a zoo's plugins. */
    public static Metrics of(Zoo zoo) {
        Metrics metrics = new Metrics();
        zoo.components(MetricKind.class).forEach(metrics.kinds::put);
        return metrics;
    }

    /** All names. */
    public List<String> names() {
        return List.copyOf(kinds.keySet());
    }

    /** The metric of a name. */
    public Optional<MetricKind<?, ?>> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /** The names of those that measure a model. */
    public List<String> fitting(ModelSignature model) {
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue().fits(model))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The metric that measures a model.
     *
     * @param wanted its name; null for the usual one of the model's types, or the only one
     * @throws SettingException if there is none of this name, it does not fit, or the choice is the caller's; the message lists
     *     those that fit
     * @throws InvalidInputException if no metric measures such models
     */
    MetricKind<?, ?> choose(ModelSignature model, @Nullable String wanted) {
        List<String> fitting = fitting(model);
        if (wanted != null) {
            MetricKind<?, ?> kind = kinds.get(wanted);
            if (kind == null || !kind.fits(model)) {
                throw new SettingException(List.of("metric"), refusal(model, wanted, fitting));
            }
            return kind;
        }
        List<String> usual = fitting.stream().filter(this::isUsual).toList();
        List<String> candidates = usual.isEmpty() ? fitting : usual;
        if (candidates.isEmpty()) {
            throw new InvalidInputException("'%s' answers %s to %s; there are metrics of %s"
                    .formatted(
                            model.model(),
                            model.output().getSimpleName(),
                            model.input().getSimpleName(),
                            kinds.values().stream()
                                    .map(MetricKind::subject)
                                    .distinct()
                                    .sorted()
                                    .toList()));
        }
        if (candidates.size() > 1) {
            throw new SettingException(
                    List.of("metric"),
                    "Several metrics measure '%s': %s; name one of them"
                            .formatted(model.model(), String.join(", ", candidates)));
        }
        return kind(candidates.get(0));
    }

    private boolean isUsual(String name) {
        return kind(name).usual();
    }

    private MetricKind<?, ?> kind(String name) {
        return find(name).orElseThrow();
    }

    private String refusal(ModelSignature model, String wanted, List<String> fitting) {
        String fits =
                fitting.isEmpty() ? "no metric measures it" : "those that fit it are " + String.join(", ", fitting);
        return kinds.containsKey(wanted)
                ? "Metric '%s' does not fit model '%s', which answers %s to %s; %s"
                        .formatted(
                                wanted,
                                model.model(),
                                model.output().getSimpleName(),
                                model.input().getSimpleName(),
                                fits)
                : "There is no metric '%s'%s for model '%s'; %s"
                        .formatted(wanted, Suggestions.didYouMean(wanted, kinds.keySet()), model.model(), fits);
    }
}
