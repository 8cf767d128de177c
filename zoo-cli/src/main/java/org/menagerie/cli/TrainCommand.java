package org.menagerie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Plan;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.recipe.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo train}: trains an architecture, or repeats a card's recipe. */
@Command(
        name = "train",
        description = "Trains an architecture from scratch, or repeats the recipe of a model's card.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo train lenet --data fashion-mnist --epochs 30 -o runs/lenet",
            "  zoo train lenet-fashion-mnist -o runs/again",
            "  zoo train lenet --data idx:/data/kmnist --optimizer momentum --learning-rate 0.05 --resume -o runs/kmnist",
            "  zoo train lenet --data fashion-mnist --ensemble 5 --members bootstrap -o runs/five",
            "",
            "The output folder holds the checkpoint, the best weights, the network NAME.onnx and a card. Run the result with",
            "  zoo run --catalog runs/lenet lenet picture.png",
            "Ctrl-C writes a checkpoint and prints the command that continues."
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "An architecture, a variant of one, or a model.")
    String name = "";

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE",
            description = "Setting of the architecture, for example classes=10.")
    Map<String, String> config = new LinkedHashMap<>();

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Trainee trainee = Trainee.find(zoo, name);
            common.fromArguments(() -> {
                run.check(name);
                return name;
            });
            TrainingKinds kinds = TrainingKinds.of(zoo::components);
            trainee.recipe().plan(kinds); // a fault of the card is not one of the arguments
            Recipe whole = common.fromArguments(() -> trainee.recipe().with(recipe.recipe()));
            Plan plan = common.fromArguments(() -> whole.plan(kinds));
            SessionOptions options = common.fromArguments(run::session);
            Splits splits = HubDatasets.of(zoo, common.console())
                    .open(common.fromArguments(() -> HubDatasets.named(zoo, name, whole)));
            Trainee.Chosen chosen = common.fromArguments(
                    () -> trainee.configured(config, splits.train().info()));
            TrainingRun training = new TrainingRun(chosen.subject(), plan, options);
            return run.execute(
                    common,
                    training,
                    splits,
                    name,
                    result -> new TrainedCard(
                            chosen.subject().name(),
                            new TrainedCard.Origin.Built(trainee.architecture(), chosen.config()),
                            RunOptions.lasting(RunOptions.typed(common)),
                            chosen.subject().task(),
                            whole,
                            result,
                            splits));
        }
    }
}
