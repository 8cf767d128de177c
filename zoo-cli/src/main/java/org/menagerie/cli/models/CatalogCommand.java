package org.menagerie.cli.models;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.catalog.Catalog;
import org.menagerie.hub.catalog.UserCatalogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zoo catalog}: where models' cards come from. */
@Command(
        name = "catalog",
        description = "Adds, lists, removes, refreshes and publishes catalogs of cards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo catalog add mine ~/my-cards",
            "  zoo catalog add theirs https://example.org/models/",
            "  zoo catalog add labs hf:org/repo@main",
            "  zoo catalog index ~/my-cards > ~/my-cards/index.json"
        })
public final class CatalogCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        return list();
    }

    private Hub hub() {
        return new Hub(common.zooOptions());
    }

    private UserCatalogs catalogs() {
        return hub().userCatalogs();
    }

    private void say(String what, Catalog catalog) {
        common.console()
                .say("%s %s: %d models"
                        .formatted(what, catalog.name(), catalog.cards().size()));
        catalog.problems().forEach(common.console()::say);
    }

    @Command(description = "Lists the catalogs.")
    int list() {
        Table table = new Table("CATALOG", "MODELS", "FROM");
        List<Catalog> all = hub().catalogs().list();
        all.forEach(c -> table.row(c.name(), Integer.toString(c.cards().size()), c.location()));
        table.print(common.console().out());
        all.forEach(c -> c.problems().forEach(common.console()::say));
        return ExitCodes.OK;
    }

    @Command(description = "Adds a catalog.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Name of the catalog, the prefix of its models' names.")
                    String name,
            @Parameters(paramLabel = "LOCATION", description = "Folder, URL, or hf:ORG/REPO@REVISION.")
                    String location) {
        say("added", catalogs().add(name, location));
        return ExitCodes.OK;
    }

    @Command(description = "Removes a catalog that was added.")
    int remove(@Parameters(paramLabel = "NAME", description = "Name of the catalog.") String name) {
        catalogs().remove(name);
        return ExitCodes.OK;
    }

    @Command(description = "Fetches published catalogs again.")
    int refresh(
            @Parameters(paramLabel = "NAME", arity = "0..*", description = "Name of a catalog (default: all).")
                    List<String> names) {
        UserCatalogs catalogs = catalogs();
        List<String> chosen = names == null || names.isEmpty()
                ? catalogs.list().stream().map(Catalog::name).toList()
                : names;
        if (chosen.isEmpty()) {
            common.console().say("No catalog was added, so there is nothing to refresh; 'zoo catalog add' adds one");
        }
        chosen.forEach(name -> say("refreshed", catalogs.refresh(name)));
        return ExitCodes.OK;
    }

    @Command(description = "Prints the index of a folder of cards, to be published beside them.")
    int index(@Parameters(paramLabel = "FOLDER", description = "Folder of cards.") Path folder) {
        common.console().out().print(UserCatalogs.index(folder));
        return ExitCodes.OK;
    }
}
