package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;

/** {@code zoo run} of networks without a card: elements of every type, in and out, as text, JSON and {@code .npy}. */
class NetworkTensorsTest {
    @TempDir
    Path folder = Path.of("");

    private Path identity(String type) throws IOException {
        return copies(type, List.of("y"));
    }

    /** A network that gives its input {@code x} under several names. */
    private Path copies(String type, List<String> outputs) throws IOException {
        GraphBuilder g = new GraphBuilder("copy", Mode.INFERENCE);
        var x = g.input("x", type + "[N]");
        for (String output : outputs) {
            g.output(output, g.identity(x));
        }
        return Files.write(folder.resolve("network.onnx"), OnnxWriter.toBytes(g.build(), Map.of(), Map.of()));
    }

    private Command run(Path network, String json, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), json);
        String[] arguments = new String[3 + more.length];
        arguments[0] = "run";
        arguments[1] = network.toString();
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Command.zoo(arguments);
    }

    private static JsonNode values(Command command) throws IOException {
        assertThat(command.exitCode()).as(command.err()).isZero();
        return new ObjectMapper().readTree(command.out()).at("/result/y/values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f32; [0, 0.1, -1.5e30, -0.0]; [0.0,0.1,-1.5E30,-0.0]; 0 0.1 -1.5e+30 -0",
                "f64; [0.1, 1e300]; [0.1,1.0E300]; 0.1 1e+300",
                "f16; [0, 1.5, 60000, -0.0, 0.1, 6e-8]; [0.0,1.5,60000.0,-0.0,0.099975586,5.9604645E-8];"
                        + " 0 1.5 60000 -0 0.0999756 5.96046e-08",
                "f16; [2049, 2051]; [2048.0,2052.0]; 2048 2052",
                "bf16; [1.5, 3e38, 0.1]; [1.5,3.0040553E38,0.100097656]; 1.5 3.00406e+38 0.100098",
                "i8; [127, -128]; [127,-128]; 127 -128",
                "u8; [0, 128, 255]; [0,128,255]; 0 128 255",
                "i16; [32767, -32768]; [32767,-32768]; 32767 -32768",
                "u16; [65535, 32768]; [65535,32768]; 65535 32768",
                "i32; [2147483647, -2147483648]; [2147483647,-2147483648]; 2147483647 -2147483648",
                "u32; [4294967295]; [4294967295]; 4294967295",
                "i64; [9223372036854775807, true, 2.0, 1e3]; [9223372036854775807,1,2,1000];"
                        + " 9223372036854775807 1 2 1000",
                "u64; [18446744073709551615, 1]; [18446744073709551615,1]; 18446744073709551615 1",
                "bool; [true, false, 1, 0]; [true,false,true,false]; true false true false",
                "f32; [\"NaN\", \"-Infinity\"]; [\"NaN\",\"-Infinity\"]; NaN -Infinity",
            })
    void elementsOfEveryTypeGoInAndComeOut(String type, String given, String json, String text) throws IOException {
        Path network = identity(type);
        assertThat(values(run(network, given, "--json"))).hasToString(json);
        assertThat(run(network, given).out()).endsWith("\n  " + text + "\n");
        Path out = folder.resolve("out");
        Command written = run(network, given, "-o", out.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        Command again = Command.zoo("run", network.toString(), "x=" + out.resolve("y.npy"), "--json");
        assertThat(values(again)).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "i64; [2, 1.9]; element 1: 1.9 is not an integer, which i64 needs",
                "i64; [9223372036854775808]; out of the range of i64",
                "i32; [1e400]; 1E+400 is out of the range of i32",
                "i32; [1e-400]; not an integer",
                "i32; [1e999999999]; out of the range of i32",
                "i32; [1e99999999999999]; out of the range of any type",
                "u8; [300]; 300 is out of the range of u8, 0 to 255",
                "u8; [-1]; out of the range",
                "u64; [18446744073709551616]; out of the range of u64",
                "u64; [-1]; out of the range of u64",
                "bool; [2]; out of the range of bool, 0 to 1",
                "f64; [1e400]; out of the range of f64",
                "f32; [1e39]; out of the range of f32",
                "f16; [65520]; out of the range of f16",
                "bf16; [3.4e38]; out of the range of bf16",
                "f32; [NaN]; are not JSON numbers",
                "f32; [-Infinity]; are not JSON numbers",
                "i32; [\"NaN\"]; found 'NaN' where a number is expected",
                "f32; [\"1.5\"]; found '1.5' where a number is expected",
                "f32; [null]; found 'null' where a number is expected",
                "f32; {\"x\": [1]}; holds a JSON object",
                "f32; [1, 2] [3]; goes on after its first value",
                "f32; [1, 2; is not JSON",
                "f32; '  '; is empty",
                "f32; [[1, 2], [3]]; differ in length at depth 2",
                "f32; [[1, 2], 3]; differ in length at depth 1",
                "f32; [1, [2, 3]]; differ in length at depth 1",
                "f32; [[[1]], [[1], [2]]]; differ in length at depth 2",
                "f32; [[], [1]]; differ in length",
            })
    void jsonThatDoesNotFitIsRefused(String type, String given, String message) throws IOException {
        Command command = run(identity(type), given);
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("x.json").contains(message).hasLineCount(1);
        assertThat(command.out()).isEmpty();
    }

    @Test
    void noTwoOutputsShareAFile() throws IOException {
        List<String> names = List.of("a:b", "a/b", "a_b", "A_B", "..", "ä", "ö", "x".repeat(300), "x".repeat(301));
        Path out = folder.resolve("out");
        Command command = run(copies("f32", names), "[1, 2]", "-o", out.toString());
        assertThat(command.exitCode()).as(command.err()).isZero();
        try (var files = Files.list(out)) {
            Set<String> written = Set.copyOf(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
            assertThat(written).hasSize(names.size()).contains("a_b.npy", "A_B-2.npy", "a_b-3.npy", "a_b-4.npy");
        }
        assertThat(command.out()).contains("a_b f32[2]  " + out.resolve("a_b.npy") + "\n");
    }

    @Test
    void aPathWithAnEqualsSignIsAPath() throws IOException {
        Path network = identity("i64");
        Path odd = Files.writeString(folder.resolve("x=1.json"), "[7]");
        assertThat(values(Command.zoo("run", network.toString(), odd.toString(), "--json")))
                .hasToString("[7]");
        assertThat(values(Command.zoo("run", network.toString(), "x=" + odd, "--json")))
                .hasToString("[7]");
        Command unknown = Command.zoo("run", network.toString(), "z=" + odd);
        assertThat(unknown.err()).contains("no input 'z' (it has x i64[N])", "there is no file 'z=");
        Command twice = Command.zoo("run", network.toString(), "x=" + odd, "x=" + odd);
        assertThat(twice.err()).contains("Input 'x' was given twice");
    }
}
