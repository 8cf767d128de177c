package org.menagerie.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program of the test class path in a process of its own, with a cache folder of its own. */
record ChildJvm(Process process, Path out, Path err) {
    /** What it printed on its two streams and how it ended. */
    record Result(int exitCode, List<String> out, List<String> err) {}

    static ChildJvm start(Path zooHome, List<String> jvmOptions, Class<?> main, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ZOO_HOME", zooHome.toString());
        return start(environment, jvmOptions, main, arguments);
    }

    /** Starts one with these environment variables and no others. */
    static ChildJvm start(Map<String, String> environment, List<String> jvmOptions, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), out, err);
    }

    Result await() throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        Result result = new Result(
                exitCode,
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return result;
    }
}
