package org.menagerie.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.menagerie.hub.cache.Folders;
import org.menagerie.hub.source.FileLocks;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Reference;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.hub.source.Unfinished;
import org.menagerie.runtime.OnnxFile;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Safetensors;
import org.menagerie.weights.Sha256;

/**
 * Networks and weights without a card, in {@code bare/HASH/} by the hash of their reference, each with its external data beside it.
 *
 * <p>Nothing states what such a file must hold, so it is kept only if it is an ONNX model from its first byte to its last: a
 * page that says "not found", a pointer of Git LFS or half a file is refused.
 */
record BareFiles(Path home, Sources sources, FileLocks locks, Progress progress) {
    private static final String SCHEMES = "(https?|hf|npm|maven):.*";
    private static final String MODEL = "model.onnx";
    private static final String WEIGHTS = "model.safetensors";
    private static final String PART = ".part";

    /** The start of a file that says what it is in place of a model. */
    private static final int START = 512;

    /** A network, with its external data beside it. */
    Path get(String reference) {
        return get(reference, MODEL, this::fetch);
    }

    /** A safetensors file. */
    Path weights(String reference) {
        return get(reference, WEIGHTS, this::fetchWeights);
    }

    private interface Fetch {
        Path into(String reference, Path folder) throws IOException;
    }

    private Path get(String reference, String name, Fetch fetch) {
        if (!reference.matches(SCHEMES)) {
            return local(reference);
        }
        String key = Sha256.of(reference.getBytes(StandardCharsets.UTF_8));
        Path folder = home.resolve("bare").resolve(key);
        try {
            return locks.holding("bare-" + key, () -> {
                Path whole = folder.resolve(name);
                return Files.exists(whole) ? whole : fetch.into(reference, folder);
            });
        } catch (OfflineException e) {
            throw new OfflineException(
                    "%s is not on this machine and the network may not be used".formatted(reference), e);
        } catch (IOException e) {
            throw new ZooException("%s cannot be fetched: %s".formatted(reference, e.getMessage()), e);
        }
    }

    private static Path local(String reference) {
        try {
            Path path = Path.of(reference);
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new InvalidInputException("No such file: " + reference, e);
        }
        throw new InvalidInputException("No such file: " + reference);
    }

    /** Brings the external data first and the network last, so that a network that is here is whole. */
    private Path fetch(String reference, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(MODEL + PART);
        Path fetched = bring(reference, part);
        try {
            OnnxFile file = OnnxFile.read(fetched);
            if (!file.isModel()) {
                throw new IntegrityException("%s is not an ONNX model: %s".formatted(reference, kind(fetched)));
            }
            for (String location : file.externalData()) {
                data(reference, checked(reference, location), folder);
            }
            return place(fetched, part, folder.resolve(MODEL));
        } catch (IntegrityException e) {
            Folders.delete(folder);
            throw e;
        } catch (IOException e) {
            // A later attempt asks for the network anew, which may then name other data.
            Unfinished.discard(part);
            throw e;
        }
    }

    private Path fetchWeights(String reference, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(WEIGHTS + PART);
        Path fetched = bring(reference, part);
        try {
            Safetensors.map(fetched);
        } catch (ZooException e) {
            String kind = kind(fetched);
            Folders.delete(folder);
            throw new IntegrityException("%s is not a safetensors file: %s".formatted(reference, kind), e);
        }
        return place(fetched, part, folder.resolve(WEIGHTS));
    }

    private void data(String reference, String location, Path folder) throws IOException {
        Path target = folder.resolve(location);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Path part = target.resolveSibling(target.getFileName() + PART);
            place(bring(Reference.sibling(reference, location), part), part, target);
        }
    }

    private Path bring(String reference, Path part) throws IOException {
        return sources.fetch(reference, "", part, new Transfer(reference, -1, progress));
    }

    /** Gives a fetched file its name; one that lies on this machine anyway, such as in a Maven repository, is copied. */
    private static Path place(Path fetched, Path part, Path name) throws IOException {
        if (!fetched.equals(part)) {
            Files.copy(fetched, part, StandardCopyOption.REPLACE_EXISTING);
        }
        AtomicFile.move(part, name);
        Unfinished.discard(part);
        return name;
    }

    private static String checked(String reference, String location) throws IOException {
        try {
            Reference.sibling(reference, location);
        } catch (IOException e) {
            throw new IntegrityException(
                    "%s names the external data '%s', which does not lie beside it".formatted(reference, location), e);
        }
        if (location.equals(MODEL)
                || location.endsWith(PART)
                || location.indexOf(':') >= 0
                || location.indexOf('*') >= 0) {
            throw new IntegrityException(
                    "%s names the external data '%s', which cannot lie beside it".formatted(reference, location));
        }
        return location;
    }

    /** What a file is instead of a model, as far as its start tells. */
    private static String kind(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(START);
        }
        String start = new String(bytes, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("version https://git-lfs")) {
            return "it is a pointer of Git LFS; ask for the address of the file itself";
        }
        if (start.startsWith("<")) {
            return "it is a page of HTML or XML; ask for the address of the file itself, not of a page about it";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "it is JSON, perhaps an error message of the server";
        }
        if (start.startsWith("pk") || (bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b)) {
            return "it is an archive; name the file in it as ARCHIVE!/path/in/archive";
        }
        return bytes.length == 0 ? "it is empty" : "it is cut off, damaged, or a file of another kind";
    }
}
