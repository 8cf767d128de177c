package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.DeviceUnavailableException;

class CudaTest {
    private static final SessionOptions CUDA = SessionOptions.defaults().withDevice(Device.cuda(0));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Failed to load library /a/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file or directory|libcublasLt.so.12 cannot be loaded",
                "Error loading \"C:\\onnxruntime_providers_cuda.dll\" which depends on \"cudnn64_9.dll\" which is missing.|cudnn64_9.dll cannot be loaded",
                "something else|ONNX Runtime says 'something else'"
            })
    void namesTheMissingLibrary(String message, String reason) {
        assertThat(Cuda.missingLibrary(message)).isEqualTo(reason);
    }

    @Test
    void explicitCudaNeverBecomesTheCpu() {
        assumeFalse(cuda().usable(), "this machine has CUDA");
        assertThatThrownBy(() -> OnnxSession.open(TinyModel.doubling(), CUDA))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessageStartingWith("CUDA cannot be used because ")
                .hasMessageEndingWith("or choose the device cpu")
                .hasMessageMatching(
                        NativeLibraries.hasCuda()
                                ? ".* lib\\w+\\.so\\.\\d+ cannot be loaded; .*"
                                : ".*CPU build; depend on org.menagerie:menagerie-cuda.*");
    }

    @Test
    void autoFallsBackToTheCpu() {
        assumeFalse(cuda().usable(), "this machine has CUDA");
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), SessionOptions.defaults())) {
            assertThat(session.device()).isEqualTo("cpu");
        }
    }

    @Test
    void reportsEachProvider() {
        Providers.Report report = Providers.report();
        assertThat(report.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(report.providers()).extracting(Providers.Provider::name).containsExactly("cpu", "cuda");
        assertThat(report.providers().get(0).usable()).isTrue();
        assertThat(cuda().obstacle().isPresent()).isNotEqualTo(cuda().usable());
    }

    private static Providers.Provider cuda() {
        return Providers.report().providers().get(1);
    }
}
