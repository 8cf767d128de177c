package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.training.tracker.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.InvalidInputException;

final class SchedulesTest {
    private static final double RATE = 0.4;

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
    })
    void valueAtAStepOfAHundred(String name, int step, double expected) {
        assertThat((double) Schedules.of(name, RATE, 100, 0).getNewValue(step)).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "linear", "step"})
    void warmUpEndsWhereTheScheduleBegins(String name) {
        Tracker schedule = Schedules.of(name, RATE, 120, 20);
        assertThat(schedule.getNewValue(0)).isZero();
        assertThat((double) schedule.getNewValue(5)).isCloseTo(RATE / 4, within(1e-6));
        assertThat((double) schedule.getNewValue(19)).isCloseTo(RATE * 19 / 20, within(1e-6));
        assertThat((double) schedule.getNewValue(20)).isCloseTo(RATE, within(1e-6));
        Tracker alone = Schedules.of(name, RATE, 100, 0);
        assertThat(schedule.getNewValue(70)).isEqualTo(alone.getNewValue(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "linear", "step"})
    void valueDependsOnTheStepAlone(String name) {
        Tracker schedule = Schedules.of(name, RATE, 100, 10);
        float early = schedule.getNewValue(12);
        schedule.getNewValue(99);
        assertThat(schedule.getNewValue(12)).isEqualTo(early);
        assertThat(Schedules.of(name, RATE, 100, 10).getNewValue(80)).isEqualTo(schedule.getNewValue(80));
    }

    @Test
    void cyclicCosineStartsAgain() {
        Tracker schedule = Schedules.cyclicCosine(RATE, 50);
        assertThat((double) schedule.getNewValue(0)).isCloseTo(RATE, within(1e-6));
        assertThat((double) schedule.getNewValue(25)).isCloseTo(RATE / 2, within(1e-6));
        assertThat((double) schedule.getNewValue(49)).isCloseTo(0, within(1e-3));
        assertThat(schedule.getNewValue(50)).isEqualTo(schedule.getNewValue(0));
        assertThat(schedule.getNewValue(130)).isEqualTo(schedule.getNewValue(30));
    }

    @Test
    void aTrainingOfOneStepHasARate() {
        for (String name : new String[] {"constant", "cosine", "linear", "step"}) {
            assertThat(Schedules.of(name, RATE, 1, 0).getNewValue(0)).as(name).isFinite();
            assertThat(Schedules.of(name, RATE, 5, 9).getNewValue(4)).as(name).isPositive();
        }
    }

    @Test
    void badSchedulesAreRefused() {
        assertThatThrownBy(() -> Schedules.of("cosin", RATE, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Unknown schedule 'cosin'; available are constant, cosine, linear, step");
        assertThatThrownBy(() -> Schedules.of("cosine", 0, 10, 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Schedules.of("cosine", RATE, 0, 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Schedules.of("cosine", RATE, 9, -1)).isInstanceOf(InvalidInputException.class);
    }
}
