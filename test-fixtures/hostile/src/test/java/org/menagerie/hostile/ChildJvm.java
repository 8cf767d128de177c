package org.menagerie.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java process with this one's class path.
 *
 * @param process the process
 * @param log what it prints
 */
record ChildJvm(Process process, Path log) {
    static ChildJvm start(
            Path log, Map<String, String> environment, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dmenagerie.hostile=" + System.getProperty("menagerie.hostile", "short")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ChildJvm(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    String output() throws IOException {
        return Files.readString(log);
    }
}
