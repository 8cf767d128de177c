package org.menagerie.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.menagerie.audio.AudioReader;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.card.CatalogIndex;
import org.menagerie.hub.source.SourceReading;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.runtime.tensor.Npy;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ZooException;
import org.menagerie.text.Tokenizer;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.vision.ImageReader;
import org.menagerie.weights.Safetensors;

/**
 * Something that reads files which strangers wrote.
 *
 * @param name its format
 * @param file the name under which a mutant is written
 * @param seeds whole files
 * @param use reads a mutant
 */
record Reader(String name, String file, List<byte[]> seeds, Use use) {
    /** Reads a file; its bytes are given as well. */
    interface Use {
        void read(Path file, byte[] bytes) throws IOException;
    }

    /** All of them; the zoo finds the kinds of data sets. */
    static List<Reader> all(Path folder) throws IOException {
        Zoo zoo =
                Zoo.open(ZooOptions.defaults().withHome(folder.resolve("home")).withOffline(true));
        ImageReader pictures = new ImageReader();
        SessionOptions cpu = SessionOptions.defaults().withDevice(Device.CPU);
        Use picture = (file, bytes) -> pictures.read(bytes, "mutant");
        Use archive = (file, bytes) -> SourceReading.entry(file, "package/a", folder.resolve("entry"));
        // Damage as it comes, and the same damage under checksums that are right.
        Use png = (file, bytes) -> {
            readable(picture, file, bytes);
            pictures.read(Checksums.png(bytes), "mutant");
        };
        Use tar = (file, bytes) -> {
            readable(archive, file, bytes);
            Files.write(file, Checksums.tar(bytes));
            archive.read(file, bytes);
        };
        return List.of(
                new Reader(
                        "card",
                        "mutant.md",
                        List.of(Seeds.text(Seeds.CARD)),
                        (file, bytes) -> CardReader.read("mutant", new String(bytes, StandardCharsets.UTF_8))),
                new Reader(
                        "catalog",
                        "index.json",
                        List.of(Seeds.text(Seeds.INDEX)),
                        (file, bytes) -> CatalogIndex.parse("index.json", new String(bytes, StandardCharsets.UTF_8))),
                new Reader("safetensors", "mutant.safetensors", List.of(Seeds.safetensors()), (file, bytes) -> {
                    Safetensors.read(file);
                    Safetensors.map(file);
                }),
                new Reader(
                        "npy",
                        "mutant.npy",
                        List.of(Seeds.npy()),
                        (file, bytes) -> Npy.read(bytes, "mutant", ElementType.FLOAT32)),
                new Reader("onnx graph", "mutant.onnx", List.of(Seeds.onnx()), (file, bytes) -> OnnxReader.read(bytes)),
                new Reader(
                        "onnx session",
                        "mutant.onnx",
                        List.of(Seeds.onnx()),
                        (file, bytes) -> OnnxSession.open(file, cpu).close()),
                new Reader("wav", "mutant.wav", List.of(Seeds.wav()), (file, bytes) -> new AudioReader().read(file)),
                new Reader("png", "mutant.png", List.of(Seeds.picture("png")), png),
                new Reader("jpeg", "mutant.jpg", List.of(Seeds.picture("jpg")), picture),
                new Reader("gif", "mutant.gif", List.of(Seeds.picture("gif")), picture),
                new Reader("tiff", "mutant.tif", List.of(Seeds.picture("tiff"), Seeds.picture("bmp")), picture),
                new Reader("idx", "train-images-idx3-ubyte", List.of(Seeds.idx(10, 4, 4)), idx(zoo, folder)),
                new Reader("coco", "mutant.json", List.of(Seeds.text(Seeds.COCO)), coco(zoo, folder)),
                new Reader("tokenizer", "tokenizer.json", List.of(Seeds.text(Seeds.TOKENIZER)), (file, bytes) -> {
                    try (Tokenizer tokenizer = Tokenizer.open(file, 16)) {
                        assert tokenizer != null;
                    }
                }),
                new Reader("tar", "mutant.tar", List.of(Seeds.tar(), Seeds.gzip(Seeds.tar())), tar),
                new Reader(
                        "npm document",
                        "npm.json",
                        List.of(Seeds.text(Seeds.NPM)),
                        (file, bytes) -> SourceReading.npm(file)),
                new Reader("zip", "mutant.zip", List.of(Seeds.zip()), archive));
    }

    /** Reads a file; that it may be refused is for what comes after to say. */
    private static void readable(Use use, Path file, byte[] bytes) throws IOException {
        try {
            use.read(file, bytes);
        } catch (ZooException | IOException e) {
            return;
        }
    }

    private static Use idx(Zoo zoo, Path folder) throws IOException {
        Path others = Files.createDirectories(folder.resolve("idx"));
        Files.write(others.resolve("train-labels-idx1-ubyte"), Seeds.idx(10));
        Files.write(others.resolve("t10k-images-idx3-ubyte"), Seeds.idx(10, 4, 4));
        Files.write(others.resolve("t10k-labels-idx1-ubyte"), Seeds.idx(10));
        return (file, bytes) -> {
            Files.write(others.resolve("train-images-idx3-ubyte"), bytes);
            kind(zoo, "idx").open(others.toString(), DataFiles.NONE);
        };
    }

    private static Use coco(Zoo zoo, Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.write(images.resolve("a.png"), Seeds.picture("png"));
        return (file, bytes) -> {
            String pair = file + "," + images;
            kind(zoo, "coco").open(pair + "," + pair, DataFiles.NONE);
        };
    }

    private static DatasetKind kind(Zoo zoo, String name) {
        DatasetKind kind = zoo.components(DatasetKind.class).get(name);
        if (kind == null) {
            throw new AssertionError("No kind of data set is called " + name);
        }
        return kind;
    }
}
