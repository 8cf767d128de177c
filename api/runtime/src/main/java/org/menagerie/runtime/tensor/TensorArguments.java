package org.menagerie.runtime.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.Tensor;

/**
 * Arguments that give a network its inputs: a {@code .npy} or JSON file, or {@code -} for standard input, each as {@code
 * NAME=FILE} or for the next input that has none.
 */
public final class TensorArguments {
    private final List<TensorInfo> inputs;
    private final InputStream standardInput;

    public TensorArguments(List<TensorInfo> inputs, InputStream standardInput) {
        this.inputs = inputs;
        this.standardInput = standardInput;
    }

    /** A tensor for each input that an argument names or means. */
    public Map<String, Tensor> read(List<String> arguments) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String argument : arguments) {
            named(argument).ifPresent(input -> {
                if (files.put(input.name(), argument.substring(input.name().length() + 1)) != null) {
                    throw new InvalidInputException("Input '%s' was given twice".formatted(input.name()));
                }
            });
        }
        for (String argument : arguments) {
            if (named(argument).isEmpty()) {
                files.put(next(files).name(), argument);
            }
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        boolean standardInputRead = false;
        for (TensorInfo input : inputs) {
            String file = files.get(input.name());
            if (file != null) {
                if (file.equals("-") && standardInputRead) {
                    throw new InvalidInputException("Standard input can be read for one input only");
                }
                standardInputRead |= file.equals("-");
                tensors.put(input.name(), tensor(file, input));
            }
        }
        return tensors;
    }

    /** The input whose name and an equals sign begin an argument; a path that holds an equals sign remains a path. */
    private Optional<TensorInfo> named(String argument) {
        Optional<TensorInfo> named = inputs.stream()
                .filter(input -> argument.startsWith(input.name() + "="))
                .max(Comparator.comparingInt(input -> input.name().length()));
        boolean path = isFile(argument);
        if (named.isEmpty()) {
            if (!path && argument.indexOf('=') > 0) {
                String name = argument.substring(0, argument.indexOf('='));
                throw new InvalidInputException("The network has no input '%s' (it has %s), and there is no file '%s'"
                        .formatted(name, names(), argument));
            }
            return named;
        }
        String rest = argument.substring(named.get().name().length() + 1);
        if (path && (rest.equals("-") || isFile(rest))) {
            throw new InvalidInputException("'%s' can mean that file, or '%s' for input '%s'; write ./%s for the former"
                    .formatted(argument, rest, named.get().name(), argument));
        }
        return path ? Optional.empty() : named;
    }

    private TensorInfo next(Map<String, String> given) {
        return inputs.stream()
                .filter(input -> !given.containsKey(input.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "More files were given than the network has inputs, which are " + names()));
    }

    private String names() {
        return inputs.stream().map(TensorInfo::toString).collect(Collectors.joining(", "));
    }

    private static boolean isFile(String argument) {
        try {
            return Files.isRegularFile(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Tensor tensor(String file, TensorInfo info) throws IOException {
        byte[] bytes;
        if (file.isEmpty()) {
            throw new InvalidInputException(
                    "The file for input '%s' has an empty name; expected a .npy or JSON file, or -"
                            .formatted(info.name()));
        }
        if (file.equals("-")) {
            bytes = standardInput.readAllBytes();
        } else if (Files.isDirectory(Path.of(file))) {
            throw new InvalidInputException(
                    "%s is a folder; input '%s' takes a .npy or JSON file".formatted(file, info.name()));
        } else if (!Files.exists(Path.of(file))) {
            throw new InvalidInputException("No such file: " + file);
        } else {
            bytes = Files.readAllBytes(Path.of(file));
        }
        String name = file.equals("-") ? "Standard input" : file;
        return Npy.isOne(bytes)
                ? Npy.read(bytes, name, info.elementType())
                : TensorJson.read(PlainText.decode(bytes, name), name, info);
    }
}
