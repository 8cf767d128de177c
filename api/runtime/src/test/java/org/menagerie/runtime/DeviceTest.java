package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.ZooException;

class DeviceTest {
    @ParameterizedTest
    @CsvSource({"auto,auto", "cpu,cpu", "CPU,cpu", "cuda,cuda:0", "cuda:1,cuda:1", "cuda:12,cuda:12"})
    void readsWhatItWrites(String text, String written) {
        assertThat(Device.parse(text)).hasToString(written);
        assertThat(Device.parse(written)).isEqualTo(Device.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "cuda:99999999999", "auto:1"})
    void namesTheAlternatives(String text) {
        assertThatThrownBy(() -> Device.parse(text))
                .isInstanceOf(ZooException.class)
                .hasMessage("Unknown device '%s'; expected one of auto, cpu, cuda, cuda:N (for example cuda:1)"
                        .formatted(text));
    }

    @Test
    void onlyCudaHasAnIndex() {
        assertThatThrownBy(() -> new Device(Device.Kind.CPU, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Device.cuda(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SessionOptions.defaults().withThreads(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
