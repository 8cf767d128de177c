package org.menagerie.hub.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.source.SmallFile;

/** The cards of a folder: its files that end in {@code .md}, but for {@code README.md}. */
public final class FolderCatalog {
    private FolderCatalog() {}

    /** Returns the folder against which {@code file:} sources of its cards are resolved. */
    public static String base(Path folder) {
        return "file:" + folder.toAbsolutePath() + "/";
    }

    /** Lists the folder; one that is missing is a catalog with a problem. */
    public static Catalog of(String name, Path folder) {
        List<CardFile> cards = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String base = base(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.endsWith(CardFile.SUFFIX) && !fileName.equals("README.md")) {
                    String card = fileName.substring(0, fileName.length() - CardFile.SUFFIX.length());
                    cards.add(new CardFile(
                            name, card, base, file.toString(), () -> SmallFile.read(file, CardReader.MAX_BYTES)));
                }
            }
        } catch (IOException e) {
            problems.add("Catalog '%s': the folder %s cannot be read".formatted(name, folder));
        }
        return new Catalog(name, folder.toString(), cards, problems);
    }
}
