package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract itself: a sound architecture passes, and each broken one fails exactly the rules that are about its fault. */
class ArchitectureContractTest {
    /** What failed, by the number of the rule. */
    private static Map<Integer, String> failures(Class<?> test) {
        Map<Integer, String> failures = new TreeMap<>();
        List<Event> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute()
                .testEvents()
                .failed()
                .list();
        for (Event event : failed) {
            String name = event.getTestDescriptor().getDisplayName();
            String message = event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .map(Throwable::getMessage)
                    .orElse("");
            failures.put(Integer.parseInt(name.replaceAll("Rule (\\d+):.*", "$1")), message);
        }
        return failures;
    }

    @Test
    void aSoundArchitecturePassesEveryRuleThoughHalfIsDropped() {
        assertThat(failures(Broken.Sound.class)).isEmpty();
    }

    @Test
    void everyRuleRuns() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Broken.Sound.class))
                .execute()
                .testEvents()
                .assertStatistics(numbers -> numbers.started(14).skipped(0).aborted(0));
    }

    @ParameterizedTest
    @CsvSource({
        "TrainingScalesItsLogits, 5, logits",
        "TrainingHasAnotherActivation, 5, logits",
        "MeanOfTheBatchAlone, 5, logits",
        "DropoutWithoutItsScale, 5 8, before training",
        "DetachedLayer, 13, hidden.weight",
        "UnusedParameter, 1 13, unused.weight",
        "UnknownDecoder, 11, 'clasification'",
        "UnknownKind, 11, 'text-generator'",
        "UnknownSetting, 11, 'top'",
        "OutputOfAnotherName, 11, scores",
        "OutputTheTaskLeavesOut, 11, features",
        "MisspeltColumn, 12, 'lable'",
        "ColumnOfAnotherType, 12, 'label'",
        "SummedLoss, 14, loss of a batch twice over",
        "LossThatCannotFall, 8, before training"
    })
    void aBrokenOneFailsItsRules(String name, String rules, String said) {
        Class<?> test = Arrays.stream(Broken.class.getDeclaredClasses())
                .filter(candidate -> candidate.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
        Map<Integer, String> failures = failures(test);
        List<Integer> expected =
                Arrays.stream(rules.split(" ")).map(Integer::valueOf).collect(Collectors.toList());
        assertThat(failures.keySet()).as(failures.toString()).containsExactlyElementsOf(expected);
        assertThat(failures.get(expected.get(expected.size() - 1))).contains(said);
    }

    @Test
    void everyBrokenOneIsTested() throws NoSuchMethodException {
        CsvSource cases = ArchitectureContractTest.class
                .getDeclaredMethod("aBrokenOneFailsItsRules", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        assertThat(cases.value()).hasSize(Broken.class.getDeclaredClasses().length - 2);
    }
}
