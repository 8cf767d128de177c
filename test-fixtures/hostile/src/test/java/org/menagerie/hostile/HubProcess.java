package org.menagerie.hostile;

import java.nio.file.Path;
import java.util.List;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.catalog.CardFile;

/** Pulls a model, {@code pull HOME CARDS}, or adds a catalog, {@code add HOME URL}; made to be killed. */
final class HubProcess {
    private HubProcess() {}

    public static void main(String[] arguments) {
        ZooOptions options =
                ZooOptions.defaults().withHome(Path.of(arguments[1])).withOffline(false);
        if (arguments[0].equals("pull")) {
            Hub hub = new Hub(options.withCatalogs(List.of(Path.of(arguments[2]))));
            CardFile file = hub.catalogs().find("net");
            hub.pull(file, file.read());
        } else {
            new Hub(options).userCatalogs().add("lab", arguments[2]);
        }
    }
}
