package org.menagerie.cli.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.catalog.Catalogs.Card;
import org.menagerie.runtime.Device;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.studio.Studio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo verify}: compares files with what their cards state. */
@Command(
        name = "verify",
        description = "Compares the files of models with the hashes that their cards state.",
        footerHeading = "%nExamples:%n",
        footer = {"  zoo verify", "  zoo verify all-minilm-l6-v2"})
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "MODEL",
            description = "Name of a model (default: all models on this machine).")
    List<String> models = List.of();

    @Option(names = "--golden", description = "Also run the samples of the cards and compare tensors and answers.")
    boolean golden;

    @Override
    public Integer call() throws Exception {
        Hub hub = new Hub(common.zooOptions());
        List<String> wrong = new ArrayList<>();
        if (models.isEmpty() && chosen(hub).isEmpty()) {
            common.console().say("No model is on this machine, so nothing was verified; 'zoo pull MODEL' fetches one");
            return ExitCodes.OK;
        }
        for (Card card : chosen(hub)) {
            for (Artifact artifact : card.card().artifacts().values()) {
                Condition condition = hub.check(artifact);
                String word = switch (condition) {
                    case WHOLE -> "ok";
                    case MISSING -> "not here";
                    case WRONG -> "WRONG";
                };
                common.console()
                        .out()
                        .printf("%-8s  %s  %s%n", word, card.file().qualifiedName(), artifact.file());
                if (condition == Condition.WRONG) {
                    wrong.add(card.file().qualifiedName());
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IntegrityException("What is here of %s is not what the cards state; 'zoo pull' brings it anew"
                    .formatted(String.join(", ", wrong.stream().distinct().toList())));
        }
        if (golden) {
            golden(chosen(hub));
        }
        return ExitCodes.OK;
    }

    private void golden(List<Card> cards) throws Exception {
        List<String> drifted = new ArrayList<>();
        try (Zoo zoo = Zoo.open(common.zooOptions().withDevice(Device.CPU))) {
            for (Card card : cards) {
                String name = card.file().qualifiedName();
                List<String> misses = Studio.of(zoo).verify(name, SampleInputs.of(zoo));
                misses.forEach(miss -> common.console().say(name + ": " + miss));
                int samples = card.card().samples().size();
                String word = samples == 0 ? "-" : misses.isEmpty() ? "ok" : "DRIFTED";
                common.console().out().printf("%-8s  %s  %d samples%n", word, name, samples);
                if (!misses.isEmpty()) {
                    drifted.add(name);
                }
            }
        }
        if (!drifted.isEmpty()) {
            throw new IntegrityException("Samples of %s give other tensors or answers than the cards state"
                    .formatted(String.join(", ", drifted)));
        }
    }

    /** The named models, or all of which something is here. */
    private List<Card> chosen(Hub hub) {
        if (models.isEmpty()) {
            return hub.catalogs().read().cards().stream()
                    .filter(card -> card.card().artifacts().values().stream().anyMatch(hub::present))
                    .toList();
        }
        return models.stream()
                .map(name -> {
                    CardFile file = hub.catalogs().find(name);
                    return new Card(file, file.read());
                })
                .toList();
    }
}
