package org.menagerie.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard;

/**
 * Asks for one version of a model again and again, with its files removed now and then: arguments home, folder of cards, file
 * that the answers must equal, milliseconds. Prints how often it asked and how often it got something else.
 */
final class VersionsProcess {
    private VersionsProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        byte[] expected = Files.readAllBytes(Path.of(arguments[2]));
        long end = System.nanoTime() + Long.parseLong(arguments[3]) * 1_000_000;
        int asked = 0;
        int wrong = 0;
        while (System.nanoTime() < end) {
            Hub hub = new Hub(ZooOptions.defaults()
                    .withHome(home)
                    .withOffline(true)
                    .withCatalogs(List.of(Path.of(arguments[1]))));
            CardFile file = hub.catalogs().find("net");
            ModelCard card = file.read();
            for (int i = 0; i < 50; i++) {
                wrong += Arrays.equals(Files.readAllBytes(hub.file(file, card, "model")), expected) ? 0 : 1;
                asked++;
            }
            hub.pull(file, card);
        }
        System.out.println("ASKED " + asked + " WRONG " + wrong);
    }
}
