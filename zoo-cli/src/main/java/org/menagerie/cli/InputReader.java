package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.ZooException;
import org.menagerie.vision.PictureReader;

/**
 * Finds and reads the inputs of {@code zoo run}: files, globs, folders, URLs and {@code -} for standard input; for models
 * that take text also the text itself.
 */
final class InputReader {
    private static final int MAX_BYTES = 512 << 20;

    private final Class<?> type;
    private final boolean offline;
    private final InputStream standardInput;
    private final PictureReader pictures;

    /** How the arguments of a model that takes texts are read. */
    enum Reading {
        /** By {@link TextArgument}. */
        BY_LOOK,
        /** Each is a text. */
        TEXTS,
        /** Each is a file, folder, glob, URL or {@code -}. */
        FILES
    }

    /**
     * A reader of one type of inputs.
     *
     * @param type what the model takes
     */
    InputReader(Class<?> type, boolean offline, InputStream standardInput) {
        this(type, offline, standardInput, new PictureReader());
    }

    /**
     * A reader of one type of inputs.
     *
     * @param type what the model takes
     * @param pictures reads pictures
     */
    InputReader(Class<?> type, boolean offline, InputStream standardInput, PictureReader pictures) {
        if (type != Image.class && type != Audio.class && type != String.class) {
            throw new ZooException(
                    "This command cannot read %s; it reads pictures, sounds and texts".formatted(type.getName()));
        }
        this.type = type;
        this.offline = offline;
        this.standardInput = standardInput;
        this.pictures = pictures;
    }

    /**
     * An input before it is read.
     *
     * @param name what results and errors call it
     * @param read reads it
     */
    record Input(String name, Callable<Object> read) {}

    /** All inputs that the arguments name, in their order. */
    List<Input> find(List<String> arguments) throws IOException, InterruptedException {
        return find(arguments, Reading.BY_LOOK, remark -> {});
    }

    /**
     * All inputs that the arguments name, in their order.
     *
     * @param remarks is told what an argument was taken for where another reading was possible
     */
    List<Input> find(List<String> arguments, Reading reading, Consumer<String> remarks)
            throws IOException, InterruptedException {
        boolean texts = type == String.class;
        List<Input> found = new ArrayList<>();
        for (String argument : arguments) {
            if (reading == Reading.TEXTS) {
                found.add(new Input(argument, () -> argument));
            } else if (argument.equals("-")) {
                byte[] bytes = bounded(standardInput, "Standard input", MAX_BYTES);
                found.addAll(texts ? lines("-", bytes) : List.of(input("-", () -> bytes)));
            } else if (argument.matches("https?://\\S+")) {
                found.addAll(
                        texts
                                ? lines(argument, InputDownload.fetch(argument, offline, MAX_BYTES))
                                : List.of(input(argument, () -> InputDownload.fetch(argument, offline, MAX_BYTES))));
            } else if (texts && reading == Reading.BY_LOOK) {
                TextArgument meaning = TextArgument.of(argument);
                meaning.remark().ifPresent(remarks);
                found.addAll(
                        meaning.file()
                                ? files(argument, "; --text takes the argument as a text")
                                : List.of(new Input(argument, () -> argument)));
            } else {
                found.addAll(files(argument, ""));
            }
        }
        return found;
    }

    private List<Input> files(String argument, String remedy) throws IOException {
        List<Input> found = new ArrayList<>();
        for (Path file : new InputFiles(type, remedy).find(argument)) {
            found.addAll(
                    type == String.class
                            ? lines(file.toString(), bytes(file))
                            : List.of(input(file.toString(), () -> bytes(file))));
        }
        return found;
    }

    /** A text file is one input for each line that is not blank. */
    private static List<Input> lines(String name, byte[] bytes) {
        List<Input> inputs = new ArrayList<>();
        int number = 0;
        for (String line : PlainText.decode(bytes, name).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                inputs.add(new Input(name + ":" + number, () -> line));
            }
        }
        if (inputs.isEmpty()) {
            throw new InvalidInputException(name + " holds no text");
        }
        return inputs;
    }

    private Input input(String name, Callable<byte[]> bytes) {
        return new Input(name, () -> decode(bytes.call(), name));
    }

    /** The picture, sound or text that a file's bytes hold. */
    Object decode(byte[] bytes, String name) throws IOException {
        if (bytes.length == 0) {
            throw new InvalidInputException("%s is empty".formatted(name));
        }
        if (type == String.class) {
            return PlainText.decode(bytes, name).strip();
        }
        return type == Image.class
                ? pictures.read(bytes, name)
                : new AudioReader().read(new ByteArrayInputStream(bytes), name);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInputException("No such file: " + file);
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("%s is a folder, not a file".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in, file.toString(), MAX_BYTES);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new InvalidInputException("%s may not be read by this user".formatted(file), e);
        }
    }

    /** All bytes of a stream, which need not tell its length or end at all. */
    static byte[] bounded(InputStream in, String name, int mostBytes) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes);
        if (bytes.length == mostBytes && in.read() >= 0) {
            throw new InvalidInputException("%s is larger than %s".formatted(name, Sizes.text(mostBytes)));
        }
        return bytes;
    }
}
