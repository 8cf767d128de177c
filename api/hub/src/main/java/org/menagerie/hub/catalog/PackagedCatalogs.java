package org.menagerie.hub.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.card.CatalogIndex;
import org.menagerie.hub.source.SmallFile;

/**
 * The cards inside jars: {@code META-INF/menagerie/cards/index} names them, one file a line.
 *
 * <p>A first line {@code # catalog: NAME} names the catalog; without it the cards belong to {@code packaged}. Jars may
 * share a catalog.
 */
public final class PackagedCatalogs {
    private static final String FOLDER = "META-INF/menagerie/cards/";
    private static final String NAME_LINE = "# catalog:";
    private static final String DEFAULT_NAME = "packaged";

    private PackagedCatalogs() {}

    /** Lists the cards of every jar that a class loader sees. */
    public static List<Catalog> of(ClassLoader classLoader) {
        Map<String, List<CardFile>> cards = new LinkedHashMap<>();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        List<URL> indexes;
        try {
            indexes = Collections.list(classLoader.getResources(FOLDER + "index"));
        } catch (IOException e) {
            return List.of(new Catalog(DEFAULT_NAME, "class path", List.of(), List.of("The class path: " + e)));
        }
        for (URL index : indexes) {
            String name = DEFAULT_NAME;
            try {
                for (String line : text(index, CatalogIndex.MAX_BYTES)
                        .lines()
                        .map(String::strip)
                        .toList()) {
                    if (line.startsWith(NAME_LINE)) {
                        name = catalogName(line.substring(NAME_LINE.length()).strip());
                        cards.putIfAbsent(name, new ArrayList<>());
                    } else if (isCard(line)) {
                        cards.computeIfAbsent(name, n -> new ArrayList<>()).add(card(name, index, line));
                    } else if (!line.isEmpty() && !line.startsWith("#")) {
                        problems.computeIfAbsent(name, n -> new ArrayList<>())
                                .add("%s: expected file names ending in .md, found '%s'".formatted(index, line));
                    }
                }
            } catch (IOException e) {
                problems.computeIfAbsent(name, n -> new ArrayList<>()).add("%s cannot be read: %s".formatted(index, e));
            }
        }
        problems.keySet().forEach(name -> cards.putIfAbsent(name, List.of()));
        return cards.entrySet().stream()
                .map(e -> new Catalog(
                        e.getKey(), "class path", e.getValue(), problems.getOrDefault(e.getKey(), List.of())))
                .toList();
    }

    private static String catalogName(String name) throws IOException {
        if (!CardReader.NAME.matcher(name).matches()) {
            throw new IOException("'%s' cannot name a catalog; expected lower-case letters, digits, '.', '_' and '-'"
                    .formatted(name));
        }
        return name;
    }

    /** Only a plain file name beside the index: anything else could be an address anywhere. */
    private static boolean isCard(String line) {
        return line.endsWith(CardFile.SUFFIX)
                && CardReader.NAME
                        .matcher(line.substring(0, line.length() - CardFile.SUFFIX.length()))
                        .matches();
    }

    private static CardFile card(String catalog, URL index, String file) throws IOException {
        URL url = new URL(index, file);
        String name = file.substring(0, file.length() - CardFile.SUFFIX.length());
        return new CardFile(catalog, name, "resource:" + FOLDER, url.toString(), () -> text(url, CardReader.MAX_BYTES));
    }

    private static String text(URL url, int most) throws IOException {
        try (InputStream in = url.openStream()) {
            return SmallFile.read(in, most);
        }
    }
}
