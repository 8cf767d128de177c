package org.menagerie.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.training.tracker.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.recipe.TrainingKinds;

final class ScheduleTest {
    private static final double RATE = 0.4;
    private static final TrainingKinds KINDS = TrainingKinds.standard();

    @ParameterizedTest
    @CsvSource({
        "constant, 0, 0.4",
        "constant, 50, 0.4",
        "constant, 99, 0.4",
        "cosine, 0, 0.4",
        "cosine, 25, 0.3414213",
        "cosine, 50, 0.2",
        "cosine, 99, 0.0000987",
        "cosine, 100, 0",
        "linear, 0, 0.4",
        "linear, 50, 0.2",
        "linear, 99, 0.004",
        "linear, 100, 0",
        "linear, 150, 0",
        "step, 0, 0.4",
        "step, 49, 0.4",
        "step, 50, 0.04",
        "step, 74, 0.04",
        "step, 75, 0.004",
        "step, 99, 0.004",
        "cosine:end=.5, 0, 0.4",
        "cosine:end=.5, 50, 0.3",
        "cosine:end=.5, 100, 0.2",
        "linear:end=.5, 50, 0.3",
        "linear:end=.5, 100, 0.2",
        "step:factor=.5, 50, 0.2",
        "step:factor=.5, 75, 0.1",
        "step:at=[.9], 89, 0.4",
        "step:at=[.9], 90, 0.04",
        "inverse-sqrt:warmup=25, 0, 0.016",
        "inverse-sqrt:warmup=25, 24, 0.4",
        "inverse-sqrt:warmup=25, 99, 0.2",
    })
    void valueAtAStepOfAHundred(String name, int step, double expected) {
        assertThat((double) KINDS.schedule(name).tracker(RATE, 100L, 0L).getNewValue(step))
                .isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "linear", "step"})
    void warmUpEndsWhereTheScheduleBegins(String name) {
        Tracker schedule = KINDS.schedule(name).tracker(RATE, 120L, 20L);
        assertThat(schedule.getNewValue(0)).isZero();
        assertThat((double) schedule.getNewValue(5)).isCloseTo(RATE / 4, within(1e-6));
        assertThat((double) schedule.getNewValue(19)).isCloseTo(RATE * 19 / 20, within(1e-6));
        assertThat((double) schedule.getNewValue(20)).isCloseTo(RATE, within(1e-6));
        Tracker alone = KINDS.schedule(name).tracker(RATE, 100L, 0L);
        assertThat(schedule.getNewValue(70)).isEqualTo(alone.getNewValue(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "inverse-sqrt", "linear", "step"})
    void valueDependsOnTheStepAlone(String name) {
        Tracker schedule = KINDS.schedule(name).tracker(RATE, 100L, 10L);
        float early = schedule.getNewValue(12);
        schedule.getNewValue(99);
        assertThat(schedule.getNewValue(12)).isEqualTo(early);
        assertThat(KINDS.schedule(name).tracker(RATE, 100L, 10L).getNewValue(80))
                .isEqualTo(schedule.getNewValue(80));
    }

    @Test
    void cyclicCosineStartsAgain() {
        Tracker schedule = new CyclicCosine(3).tracker(RATE, 150);
        assertThat((double) schedule.getNewValue(0)).isCloseTo(RATE, within(1e-6));
        assertThat((double) schedule.getNewValue(25)).isCloseTo(RATE / 2, within(1e-6));
        assertThat((double) schedule.getNewValue(49)).isCloseTo(0, within(1e-3));
        assertThat(schedule.getNewValue(50)).isEqualTo(schedule.getNewValue(0));
        assertThat(schedule.getNewValue(130)).isEqualTo(schedule.getNewValue(30));
    }

    @Test
    void aTrainingOfOneStepHasARate() {
        for (String name : new String[] {"constant", "cosine", "inverse-sqrt", "linear", "step"}) {
            assertThat(KINDS.schedule(name).tracker(RATE, 1L, 0L).getNewValue(0))
                    .as(name)
                    .isFinite();
            assertThat(KINDS.schedule(name).tracker(RATE, 5L, 9L).getNewValue(4))
                    .as(name)
                    .isPositive();
        }
    }

    @Test
    void badSchedulesAreRefused() {
        assertThatThrownBy(() -> KINDS.schedule("cosin").tracker(RATE, 10L, 0L))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Unknown schedule 'cosin' (did you mean 'cosine'?); available are constant, cosine, inverse-sqrt, linear, step");
        assertThatThrownBy(() -> KINDS.schedule("step:factor=2"))
                .hasMessage("Schedule step: The factor of a step is in (0, 1); found 2.0");
        assertThatThrownBy(() -> KINDS.schedule("step:at=[.5,.4]")).hasMessageContaining("ascending");
        assertThatThrownBy(() -> KINDS.schedule("step:at=[]")).hasMessageContaining("'constant'");
        assertThatThrownBy(() -> KINDS.schedule("cosine:end=-1")).hasMessageContaining("in [0, 1]; found -1.0");
        assertThatThrownBy(() -> KINDS.schedule("linear:start=1"))
                .hasMessage("Schedule linear: unknown field 'start'; expected end");
        assertThatThrownBy(() -> new Cosine(0).tracker(RATE, 3_000_000_000L, 0))
                .hasMessage("A training has at most 2,147,483,647 steps; found 3,000,000,000");
        assertThatThrownBy(() -> KINDS.schedule("cosine").tracker(0, 10L, 0L))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> KINDS.schedule("cosine").tracker(RATE, 0L, 0L))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> KINDS.schedule("cosine").tracker(RATE, 9L, -1L))
                .isInstanceOf(InvalidInputException.class);
    }
}
