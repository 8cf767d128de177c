package org.menagerie.training.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.menagerie.spi.InvalidInputException;

/**
 * Grey images with labels in the four IDX files of MNIST and the data sets made in its image: {@code idx:FOLDER}. The
 * files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the same with {@code t10k}, plain or with
 * {@code .gz}. The last twelfth of the training examples is the validation part.
 */
final class IdxImages implements DatasetKind {
    @Override
    public Splits open(String location, DataFiles files) {
        if (location.isEmpty()) {
            throw new DataSpecificationException("Data set 'idx' needs a folder, for example idx:/data/kmnist");
        }
        Path folder = Location.single("idx", location);
        Function<String, Path> find = name -> inFolder(folder, name);
        Pair train = Pair.read(find, "train");
        Pair test = Pair.read(find, "t10k");
        int classes = 1 + Math.max(train.highestClass(), test.highestClass());
        List<String> labels =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return splits(
                "idx/" + folder.toAbsolutePath().normalize().getFileName(), labels, train, test, train.size() / 12);
    }

    /** The file, plain or compressed. */
    static Path inFolder(Path folder, String name) {
        Path compressed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        if (!Files.exists(compressed) && !Files.exists(plain)) {
            throw new InvalidInputException("Folder %s has neither %s nor %s.gz".formatted(folder, name, name));
        }
        return Files.exists(compressed) ? compressed : plain;
    }

    static Splits splits(String name, List<String> labels, Pair train, Pair test, int validation) {
        Dataset all = train.dataset(name + "/all-train", labels);
        int split = all.size() - validation;
        return new Splits(
                Subset.range(all, name + "/train", 0, split),
                Subset.range(all, name + "/validation", split, all.size()),
                test.dataset(name + "/test", labels));
    }

    /** The images of a part and their labels, of one count. */
    record Pair(IdxFile images, IdxFile labels) {
        static Pair read(Function<String, Path> find, String part) {
            Path images = find.apply(part + "-images-idx3-ubyte");
            Path labels = find.apply(part + "-labels-idx1-ubyte");
            Pair pair = new Pair(IdxFile.read(images, 3), IdxFile.read(labels, 1));
            if (pair.images.dims()[0] != pair.size()) {
                throw new InvalidInputException("%s holds %,d images but %s holds %,d labels"
                        .formatted(images, pair.images.dims()[0], labels, pair.size()));
            }
            return pair;
        }

        int size() {
            return labels.dims()[0];
        }

        int highestClass() {
            int highest = 0;
            for (byte label : labels.data()) {
                highest = Math.max(highest, label & 0xFF);
            }
            return highest;
        }

        Dataset dataset(String name, List<String> classes) {
            int[] dims = images.dims();
            return new LabelledImages(name, classes, images.data(), labels.data(), 1, dims[1], dims[2]);
        }
    }
}
