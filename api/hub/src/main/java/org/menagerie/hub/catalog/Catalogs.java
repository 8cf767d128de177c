package org.menagerie.hub.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;

/** All catalogs, and the rule by which a name finds its card. Immutable. */
public final class Catalogs {
    private final List<Catalog> catalogs;
    private final Map<String, List<CardFile>> byName = new LinkedHashMap<>();

    public Catalogs(List<Catalog> catalogs) {
        this.catalogs = List.copyOf(catalogs);
        cards().forEach(card -> {
            byName.computeIfAbsent(card.name(), n -> new ArrayList<>()).add(card);
            byName.computeIfAbsent(card.qualifiedName(), n -> new ArrayList<>()).add(card);
        });
    }

    public List<Catalog> list() {
        return catalogs;
    }

    /** Every card of every catalog, by name. */
    public List<CardFile> cards() {
        return catalogs.stream()
                .flatMap(c -> c.cards().stream())
                .sorted(Comparator.comparing(CardFile::name).thenComparing(CardFile::catalog))
                .toList();
    }

    /** A card and where it lies. */
    public record Card(CardFile file, ModelCard card) {}

    /**
     * All cards, read.
     *
     * @param cards those that can be read, by name
     * @param problems what cannot be read, a sentence each
     */
    public record Reading(List<Card> cards, List<String> problems) {}

    /** Reads every card; a bad one hides no other. */
    public Reading read() {
        List<String> problems = new ArrayList<>();
        return new Reading(each(file -> new Card(file, file.read()), problems), problems);
    }

    /** A card's summary and where the card lies. */
    public record Listed(CardFile file, CardSummary summary) {}

    /**
     * What there is.
     *
     * @param cards those that can be read, by name
     * @param problems what cannot be read, a sentence each
     */
    public record Listing(List<Listed> cards, List<String> problems) {}

    /**
     * Summaries of all cards; those that a listing has met before are not read again.
     *
     * @param cache the file that keeps summaries; it need not exist
     */
    public Listing summaries(Path cache) {
        SummaryCache summaries = new SummaryCache(cache);
        List<String> problems = new ArrayList<>();
        List<Listed> listed = each(file -> new Listed(file, summaries.of(file)), problems);
        summaries.save();
        return new Listing(listed, problems);
    }

    /** Does something with every card, in parallel; collects the problems of those with which it fails. */
    private <T> List<T> each(Function<CardFile, T> reading, List<String> problems) {
        catalogs.forEach(catalog -> problems.addAll(catalog.problems()));
        record Outcome<T>(Optional<T> value, String problem) {}
        List<Outcome<T>> outcomes = cards().parallelStream()
                .map(file -> {
                    try {
                        return new Outcome<>(Optional.of(reading.apply(file)), "");
                    } catch (ZooException e) {
                        return new Outcome<T>(Optional.empty(), String.valueOf(e.getMessage()));
                    }
                })
                .toList();
        outcomes.stream().filter(outcome -> outcome.value().isEmpty()).forEach(o -> problems.add(o.problem()));
        return outcomes.stream().flatMap(outcome -> outcome.value().stream()).toList();
    }

    /** True if the bare name would find more than one card. */
    public boolean ambiguous(String name) {
        return byName.getOrDefault(name, List.of()).size() > 1;
    }

    /**
     * The card of a name, or of a name with its catalog's prefix, {@code catalog/name}.
     *
     * @throws UnknownModelException if there is none, naming those that are nearly so called
     * @throws ZooException if several catalogs claim the name
     */
    public CardFile find(String name) {
        List<CardFile> found = byName.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw unknown(name);
        }
        if (found.size() > 1) {
            Set<String> qualified =
                    found.stream().map(CardFile::qualifiedName).collect(Collectors.toCollection(TreeSet::new));
            throw qualified.size() == found.size()
                    ? new ZooException("Model '%s' is in several catalogs; ask for one of %s"
                            .formatted(name, String.join(", ", qualified)))
                    : new ZooException("Model '%s' has two cards in one catalog, %s; remove one"
                            .formatted(name, found.stream().map(CardFile::place).collect(Collectors.joining(" and "))));
        }
        return found.get(0);
    }

    private UnknownModelException unknown(String name) {
        List<String> names = byName.keySet().stream()
                .filter(known -> known.contains("/") == name.contains("/"))
                .toList();
        String suggestion = Suggestions.didYouMean(name, names);
        if (names.isEmpty()) {
            return new UnknownModelException("No model is called '%s'; no catalog has any card".formatted(name));
        }
        String known = names.size() <= 8
                ? "; known are " + String.join(", ", names)
                : "; 'zoo list' shows the %d that are known".formatted(names.size());
        return new UnknownModelException("No model is called '%s'%s%s".formatted(name, suggestion, known));
    }

    /** These catalogs and others. */
    public Catalogs with(List<Catalog> others) {
        return new Catalogs(Stream.concat(catalogs.stream(), others.stream()).toList());
    }
}
