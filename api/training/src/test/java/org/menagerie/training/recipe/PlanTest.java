package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.spi.settings.SettingNode;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.optimizer.Adam;
import org.menagerie.training.optimizer.Sgd;
import org.menagerie.training.schedule.ConstantRate;
import org.menagerie.training.schedule.Cosine;
import org.menagerie.training.schedule.Staircase;

/** A recipe as it is stated, and the plan with every default. */
class PlanTest {
    private static final TrainingKinds KINDS = TrainingKinds.standard();

    private static Plan plan(Map<String, ?> recipe) {
        return Recipe.of(recipe).plan(KINDS);
    }

    @Test
    void whatIsLeftOutHasADefault() {
        Plan plan = plan(Map.of());
        assertThat(plan.epochs()).isEqualTo(10);
        assertThat(plan.batchSize(1000)).isEqualTo(64);
        assertThat(plan.stepsPerEpoch(1000)).isEqualTo(15);
        assertThat(plan.optimizer()).isEqualTo(Adam.defaults());
        assertThat(plan.learningRate()).isEqualTo(0.001);
        assertThat(plan.schedule()).isEqualTo(new Cosine(0));
        assertThat(plan.ensemble()).isEmpty();
    }

    /** Folders of earlier versions hold this text; with another one they could not be resumed. */
    @Test
    void provenanceIsWrittenAsItAlwaysWas() {
        assertThat(plan(Map.of("data", "fashion-mnist")).provenance())
                .isEqualTo(
                        "{\"data\":\"fashion-mnist\",\"epochs\":10,\"batchSize\":64,\"seed\":1,\"optimizer\":\"adam\","
                                + "\"schedule\":\"cosine\",\"warmup\":0,\"augment\":[],\"l1\":0.0,\"l2\":0.0,\"patience\":0,"
                                + "\"stepsPerRun\":1}");
        assertThat(plan(Map.of(
                                "optimizer",
                                "momentum",
                                "momentum",
                                0.8,
                                "weightDecay",
                                1e-4,
                                "augment",
                                List.of("flip")))
                        .provenance())
                .contains(
                        "\"optimizer\":\"momentum\",\"momentum\":0.8,\"weightDecay\":1.0E-4,",
                        "\"augment\":[\"flip\"]");
        assertThat(plan(Map.of("ensemble", Map.of("members", 2, "kind", "seeds", "answer", "mean")))
                        .provenance())
                .endsWith("\"ensemble\":{\"members\":2,\"kind\":\"SEEDS\",\"answer\":\"MEAN\"}}");
    }

    @Test
    void aTextAndABlockAreTheSameRun() {
        Plan text = plan(Map.of("optimizer", "adam:beta1=.95", "schedule", "step:factor=.2"));
        Plan block = plan(Map.of(
                "optimizer", Map.of("name", "adam", "beta1", 0.95), "schedule", Map.of("name", "step", "factor", 0.2)));
        assertThat(text.optimizer()).isEqualTo(Adam.defaults().withBetas(0.95, 0.999));
        assertThat(text.schedule()).isEqualTo(new Staircase(0.2, List.of(0.5, 0.75)));
        assertThat(block.optimizer()).isEqualTo(text.optimizer());
        assertThat(block.provenance()).isEqualTo(text.provenance());
        assertThat(text.provenance()).contains("\"optimizer\":{\"name\":\"adam\",\"beta1\":0.95}");
    }

    @Test
    void aRecipeIsWrittenAsItIsStatedAndReadBack() {
        Recipe recipe = Recipe.of(
                Map.of("epochs", 3, "optimizer", "adam:beta1=.95", "augment", List.of("flip", "crop:padding=4")));
        assertThat(recipe.tree())
                .hasToString("{\"epochs\":3,\"optimizer\":{\"name\":\"adam\",\"beta1\":0.95},"
                        + "\"augment\":[\"flip\",{\"name\":\"crop\",\"padding\":4}]}");
        assertThat(TreeSettings.of("x", recipe.tree()).as(Recipe.class)).isEqualTo(recipe);
    }

    @Test
    void batchAndScheduleAreTheKindsOwn() {
        assertThat(plan(Map.of("optimizer", "newton-cg")).batchSize(1000)).isEqualTo(1000);
        assertThat(plan(Map.of("optimizer", "newton-cg")).schedule()).isEqualTo(new ConstantRate());
        assertThat(plan(Map.of("optimizer", "newton-cg", "batchSize", 100)).batchSize(1000))
                .isEqualTo(100);
        assertThat(plan(Map.of("optimizer", "batch-gd")).batchSize(1000)).isEqualTo(1000);
        assertThat(plan(Map.of("optimizer", "stochastic-gd")).batchSize(1000)).isEqualTo(1);
    }

    @Test
    void momentumAndWeightDecayAreShorthand() {
        Plan plan = plan(Map.of("optimizer", "sgd:nesterov=true", "momentum", 0.8, "weightDecay", 0.1));
        assertThat(plan.optimizer()).isEqualTo(new Sgd(0.8, 0, true, 0.1));
        Recipe card = Recipe.of(Map.of("optimizer", "momentum", "momentum", 0.8, "learningRate", 0.1));
        Plan other = card.with(Recipe.of(Map.of("optimizer", "adam"))).plan(KINDS);
        assertThat(other.optimizer()).isEqualTo(Adam.defaults());
        assertThat(other.learningRate()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "adam | momentum | 0.9 | Optimizer 'adam' has no 'momentum'; it has beta1, beta2, decoupled, epsilon, weightDecay",
                "sgd:momentum=.5 | momentum | 0.9 | 'momentum' is stated twice: as a setting of optimizer 'sgd' and beside it",
                "newton | weightDecay | 0.9 | Optimizer 'newton' has no 'weightDecay'; it has contraction, damping, decrease, limit, trials",
                "batch-gd | batchSize | 64 | batch-gd takes all examples a step, not 64; leave batchSize out, or take sgd",
                "stochastic-gd | batchSize | 0 | stochastic-gd takes 1 examples a step, not 0; leave batchSize out, or take sgd",
                "newton-cg | stepsPerRun | 4 | Newton's method takes one step a run; found 4",
                "adam | warmup | 11 | The warm-up of 11 epochs is longer than the training of 10",
                "adam | epochs | 0 | Recipe: epochs must be at least 1; found 0",
                "adam:beta3=1 | epochs | 1 | Recipe adam: unknown field 'beta3' (did you mean 'beta1' or 'beta2'?); expected beta1, beta2, decoupled, epsilon, weightDecay",
            })
    void settingsThatExcludeEachOtherAreRefused(String optimizer, String field, double value, String message) {
        Number number = value == Math.rint(value) ? (Number) (int) value : (Number) value;
        assertThatThrownBy(() -> plan(Map.of("optimizer", optimizer, field, number)))
                .isInstanceOf(ZooException.class)
                .hasMessage(message);
    }

    @Test
    void snapshotsHaveTheirOwnSchedule() {
        Map<String, ?> two = Map.of("members", 2, "kind", "snapshots", "answer", "mean");
        assertThat(plan(Map.of("ensemble", two, "schedule", "cosine")).ensemble())
                .isPresent();
        assertThatThrownBy(() -> plan(Map.of("ensemble", two, "schedule", "cosine:end=.1")))
                .hasMessageContaining("leave schedule and warmup out");
        assertThatThrownBy(() -> plan(Map.of("ensemble", two, "patience", 2)))
                .hasMessageContaining("leave patience out");
        assertThatThrownBy(() -> plan(Map.of("ensemble", two, "epochs", 3)))
                .hasMessageContaining("multiple of 2 epochs");
    }

    @Test
    void aCardsFaultIsNamedWithItsLine() {
        SettingNode block = new SettingNode(
                "mine.md",
                Recipe.of(Map.of("optimizer", Map.of("name", "adan"))).tree(),
                "menagerie.recipe",
                Map.of("menagerie.recipe.optimizer", 12));
        Recipe recipe = new TreeSettings(block, List.of()).as(Recipe.class);
        assertThatThrownBy(() -> recipe.plan(KINDS))
                .isInstanceOf(CardException.class)
                .hasMessageStartingWith("Card mine.md, line 12: Unknown optimizer 'adan' (did you mean 'adam'?)");
    }

    @Test
    void optionsAreNamedInErrors() {
        Recipe recipe = new Recipe(
                null,
                null,
                null,
                null,
                ComponentText.parse("--optimizer", "adam:beta1=2"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        assertThatThrownBy(() -> recipe.plan(KINDS)).hasMessage("--optimizer adam: A beta1 is in [0, 1); found 2.0");
    }

    @Test
    void replicasAreWrittenAndHeldAgainstWhatElseIsStated() {
        assertThat(Recipe.of(Map.of("replicas", 2)).plan(KINDS).provenance()).contains("\"replicas\":2");
        assertThatThrownBy(
                        () -> Recipe.of(Map.of("replicas", 2, "stepsPerRun", 4)).plan(KINDS))
                .hasMessage("Replicas take one step a run; found 2 replicas and 4 steps a run");
        assertThatThrownBy(
                        () -> Recipe.of(Map.of("replicas", 9, "batchSize", 8)).plan(KINDS))
                .hasMessage("Each replica needs an example of every batch; found 9 replicas and a batch of 8");
        assertThatThrownBy(() ->
                        Recipe.of(Map.of("replicas", 2, "optimizer", "newton")).plan(KINDS))
                .hasMessage("Newton's method takes whole batches; found 2 replicas");
    }

    @Test
    void whatAKilledMeasureLeftIsRemoved(@TempDir Path folder) throws IOException {
        Path left = Files.createDirectories(folder.resolve(".epoch123"));
        Files.writeString(left.resolve("unet.onnx"), "half");
        Path kept = Files.writeString(folder.resolve("best.safetensors"), "kept");
        NetworkJudge.clear(folder);
        assertThat(left).doesNotExist();
        assertThat(kept).exists();
        NetworkJudge.clear(folder.resolve("none"));
    }
}
