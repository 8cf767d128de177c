package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.runtime.Optimization;
import org.menagerie.spi.Tensor;

/** Every node test of ONNX is read, written and run, with all optimizations and with none, and gives the stored answer. Exceptions are listed with reasons. */
class NodeVectorsTest {
    /** The tolerances of ONNX's own test runner, and room for the order of sums. */
    private static final double RELATIVE = 1e-3;

    private static final double ABSOLUTE = 1e-5;

    /** What happens to a case. */
    private enum Outcome {
        /** It gives the stored outputs. */
        STORED_ANSWER,
        /** It gives what the original file gives on ONNX Runtime, which is not quite what is stored. */
        ANSWER_OF_ORIGINAL,
        /** It draws random numbers: it runs and gives outputs of the stored types and shapes. */
        RANDOM,
        /** It is read and written; ONNX Runtime can run neither the original nor the rewritten file. */
        NOT_RUN,
        /** Reading refuses it with a sentence. */
        REFUSED
    }

    private record Special(String names, Outcome outcome, String reason) {}

    private static final List<Special> SPECIAL = List.of(
            new Special(
                    "test_(sequence_map_.*|sequence_insert_.*|optional_.*|identity_(opt|sequence)|loop13_seq"
                            + "|loop16_seq_none|if_opt)",
                    Outcome.REFUSED,
                    "inputs that are sequences or optionals"),
            new Special(
                    "test_(strnormalizer_.*|cast(like)?_(STRING_to_FLOAT|FLOAT_to_STRING)(_expanded)?)",
                    Outcome.REFUSED,
                    "tensors of strings"),
            new Special(
                    "test_if_seq", Outcome.NOT_RUN, "its output is a sequence, which the Java session does not give"),
            new Special(
                    "test_(adam|adagrad|momentum)(_multiple)?|test_nesterov_momentum",
                    Outcome.NOT_RUN,
                    "optimizer operators exist in no inference build"),
            new Special(
                    "test_(min|max)_u?int16|test_bitshift_(left|right)_uint16|test_pow_types_float32_uint(32|64)",
                    Outcome.NOT_RUN,
                    "ONNX Runtime has no kernel for the element type"),
            new Special(
                    "test_cast(like)?_BFLOAT16_to_FLOAT(_expanded)?|test_castlike_FLOAT_to_BFLOAT16(_expanded)?",
                    Outcome.NOT_RUN,
                    "the vectors store bf16 as u16"),
            new Special("test_bernoulli.*|test_training_dropout(_default)?(_mask)?", Outcome.RANDOM, "random"),
            new Special(
                    "test_resize_downsample_scales_(linear|cubic)_align_corners|test_maxunpool_export_with_output_shape",
                    Outcome.ANSWER_OF_ORIGINAL,
                    "ONNX Runtime differs from ONNX's reference"),
            new Special(
                    "test_dft.*|test_stft.*", Outcome.ANSWER_OF_ORIGINAL, "zeros come out as up to 1.2e-4 in float32"),
            new Special("test_cast_FLOAT_to_BFLOAT16", Outcome.ANSWER_OF_ORIGINAL, "bf16 is stored as u16"));

    static Stream<Path> cases() throws IOException {
        return Files.isDirectory(NodeVectors.FOLDER) ? NodeVectors.all().stream() : Stream.of(NodeVectors.FOLDER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void survives(Path folder) throws IOException {
        assumeTrue(Files.isDirectory(NodeVectors.FOLDER), "Debian's libonnx-testdata is not installed");
        byte[] original = NodeVectors.model(folder);
        switch (outcome(folder)) {
            case REFUSED -> assertThatThrownBy(() -> OnnxReader.read(original)).isInstanceOf(GraphException.class);
            case NOT_RUN -> {
                byte[] rewritten = Runs.rewritten(original);
                assertThatThrownBy(() -> run(folder, original)).isNotNull();
                assertThat(OnnxReader.read(rewritten).graph().outputs()).isNotEmpty();
            }
            case RANDOM ->
                stored(folder, original)
                        .forEach((name, tensor) ->
                                assertThat(answer(folder, original).get(name)).hasToString(tensor.toString()));
            case ANSWER_OF_ORIGINAL -> requireClose(answer(folder, original), run(folder, original), 0, 0);
            case STORED_ANSWER -> {
                Map<String, Tensor> stored = stored(folder, original);
                byte[] rewritten = Runs.rewritten(original);
                for (Optimization optimization : List.of(Optimization.ALL, Optimization.NONE)) {
                    requireClose(run(folder, rewritten, optimization), stored, RELATIVE, ABSOLUTE);
                }
            }
        }
    }

    /** With the vectors of ONNX 1.12; a newer package may bring more, never fewer. */
    @Test
    void mostRunWithTheStoredAnswer() throws IOException {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Path folder : cases().toList()) {
            counts.merge(outcome(folder), 1, Integer::sum);
        }
        assertThat(counts.get(Outcome.STORED_ANSWER)).isGreaterThanOrEqualTo(823);
        assertThat(counts.get(Outcome.REFUSED)).isLessThanOrEqualTo(62);
    }

    private static Outcome outcome(Path folder) throws IOException {
        if (ModelProto.parseFrom(NodeVectors.model(folder)).getOpsetImport(0).getVersion() < 7
                && !folder.toString().matches(".*(ada|momentum).*")) {
            return Outcome.REFUSED;
        }
        return SPECIAL.stream()
                .filter(special -> folder.getFileName().toString().matches(special.names()))
                .map(Special::outcome)
                .findFirst()
                .orElse(Outcome.STORED_ANSWER);
    }

    private static Map<String, Tensor> answer(Path folder, byte[] original) {
        return run(folder, Runs.rewritten(original));
    }

    private static Map<String, Tensor> run(Path folder, byte[] model) {
        return run(folder, model, Optimization.ALL);
    }

    private static Map<String, Tensor> run(Path folder, byte[] model, Optimization optimization) {
        OnnxModel read = OnnxReader.read(model);
        List<String> names = read.graph().inputs().stream().map(Value::name).toList();
        try {
            return Runs.run(model, optimization, NodeVectors.tensors(folder, "input", names));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Tensor> stored(Path folder, byte[] original) throws IOException {
        return NodeVectors.tensors(
                folder,
                "output",
                List.copyOf(OnnxReader.read(original).graph().outputs().keySet()));
    }

    private static void requireClose(
            Map<String, Tensor> found, Map<String, Tensor> expected, double relative, double absolute) {
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, tensor) -> Close.require(Objects.requireNonNull(found.get(name)), tensor, relative, absolute));
    }
}
