package org.menagerie.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

/**
 * Pictures with boxes in COCO's format, and with masks where each object has a segmentation: {@code
 * coco:annotations.json,images/}.
 *
 * <p>Of one pair, each ten pictures give eight to the training part, the ninth to the validation part and the tenth to the
 * test part. A second pair is the validation part, a third the test part; without a third, the second is both. {@code
 * ,size=448} stretches pictures to this many pixels a side; the default is their own size where all are squares of one size,
 * else 448. {@code ,channels=1} makes them grey; the default is 3.
 */
final class Coco implements DatasetKind {
    private static final int SIZE = 448;
    private static final int WHOLE = 3;
    private static final Map<String, Location.Option> OPTIONS = Map.of(
            "size", new Location.Option("0", "[1-9]\\d{0,3}", "a number of pixels"),
            "channels", new Location.Option("3", "[13]", "1 or 3"));

    /** One file of annotations, and the folder of its pictures. */
    private record Pair(Path annotations, Path images, CocoFile content) {}

    @Override
    public Splits open(String location, DataFiles files) {
        Location where = Location.of("coco", location, OPTIONS);
        List<Pair> pairs = pairs(where.paths(), location);
        CocoImages.Form form = form(where, pairs);
        if (pairs.size() == 1) {
            int[] rests = {0, 8, 9, 10};
            return splits(part -> images(pairs.get(0), part, form, rests[part], rests[part + 1]));
        }
        return splits(part -> images(pairs.get(Math.min(part, pairs.size() - 1)), part, form, 0, 10));
    }

    /** Every picture of one pair; further pairs state the parts. */
    @Override
    public Optional<Dataset> whole(String location, DataFiles files) {
        Location where = Location.of("coco", location, OPTIONS);
        List<Pair> pairs = pairs(where.paths(), location);
        return pairs.size() > 1
                ? Optional.empty()
                : Optional.of(images(pairs.get(0), WHOLE, form(where, pairs), 0, 10));
    }

    private static CocoImages.Form form(Location where, List<Pair> pairs) {
        CocoFile first = pairs.get(0).content();
        int objects = 1;
        for (Pair pair : pairs) {
            if (!pair.content().labels().equals(first.labels())) {
                throw new InvalidInputException("%s and %s have different categories: %s and %s"
                        .formatted(
                                pairs.get(0).annotations(),
                                pair.annotations(),
                                first.labels(),
                                pair.content().labels()));
            }
            objects = Math.max(objects, pair.content().mostObjects());
        }
        int stated = where.number("size");
        int size = stated > 0 ? stated : commonSize(pairs);
        return new CocoImages.Form(
                size,
                where.number("channels"),
                objects,
                pairs.stream().allMatch(pair -> pair.content().hasRegions()));
    }

    private static Splits splits(java.util.function.IntFunction<Dataset> part) {
        return new Splits(part.apply(0), part.apply(1), part.apply(2));
    }

    private static List<Pair> pairs(List<String> paths, String location) {
        if (paths.isEmpty() || paths.size() % 2 != 0 || paths.size() > 6) {
            throw new DataSpecificationException(
                    "Data set 'coco' needs annotations and a folder, for example coco:annotations.json,images/, and the"
                            + " same for validation and test if you like; found 'coco:%s'".formatted(location));
        }
        return IntStream.range(0, paths.size() / 2)
                .mapToObj(i -> pair(Path.of(paths.get(2 * i)), Path.of(paths.get(2 * i + 1))))
                .toList();
    }

    /** A pair whose pictures are there, in the folder and not outside. */
    private static Pair pair(Path annotations, Path images) {
        if (!Files.isRegularFile(annotations)) {
            throw new InvalidInputException("There is no annotation file %s".formatted(annotations));
        }
        if (!Files.isDirectory(images)) {
            throw new InvalidInputException("There is no folder of images %s".formatted(images));
        }
        CocoFile content = CocoFile.read(annotations);
        Path folder = images.toAbsolutePath().normalize();
        List<String> missing = new ArrayList<>();
        for (CocoFile.Picture picture : content.pictures()) {
            Path file = folder.resolve(picture.file()).normalize();
            if (!file.startsWith(folder)) {
                throw new InvalidInputException("%s names picture '%s', which lies outside of %s"
                        .formatted(annotations, picture.file(), images));
            }
            if (!Files.isRegularFile(file)) {
                missing.add(picture.file());
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException("%,d of the %,d pictures of %s are not in %s, for example %s"
                    .formatted(missing.size(), content.pictures().size(), annotations, images, missing.get(0)));
        }
        return new Pair(annotations, folder, content);
    }

    private static int commonSize(List<Pair> pairs) {
        List<Integer> sides = pairs.stream()
                .flatMap(pair -> pair.content().pictures().stream())
                .flatMap(picture -> java.util.stream.Stream.of(picture.width(), picture.height()))
                .distinct()
                .limit(2)
                .toList();
        return sides.size() == 1 ? sides.get(0) : SIZE;
    }

    /** The pictures of a pair whose place's last digit is from one (inclusive) to another (exclusive). */
    private static Dataset images(Pair pair, int part, CocoImages.Form form, int from, int to) {
        List<CocoFile.Picture> all = pair.content().pictures();
        List<CocoFile.Picture> chosen = IntStream.range(0, all.size())
                .filter(i -> i % 10 >= from && i % 10 < to)
                .mapToObj(all::get)
                .toList();
        if (chosen.isEmpty()) {
            throw new InvalidInputException(
                    part == WHOLE
                            ? "%s has no pictures".formatted(pair.annotations())
                            : ("%s has only %,d pictures; one file needs 10, to be split for training, validation and"
                                            + " test")
                                    .formatted(pair.annotations(), all.size()));
        }
        String name = "coco/%s/%s"
                .formatted(
                        pair.annotations().getFileName(),
                        List.of("train", "validation", "test", "all").get(part));
        String hash = hash(pair, "%s %d %d".formatted(form, from, to));
        return new CocoImages(name, hash, pair.images(), pair.content().labels(), chosen, form);
    }

    /** Of the annotations, the pictures' lengths and what is made of them. */
    private static String hash(Pair pair, String made) {
        StringBuilder text = new StringBuilder(made);
        try {
            for (CocoFile.Picture picture : pair.content().pictures()) {
                text.append(' ').append(Files.size(pair.images().resolve(picture.file())));
            }
            return Sha256.of(
                    Files.readAllBytes(pair.annotations()), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ZooException("Cannot read %s: %s".formatted(pair.annotations(), e), e);
        }
    }
}
