package org.menagerie.training.files;

import ai.djl.modality.cv.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DataSpecificationException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Location;
import org.menagerie.training.data.Splits;
import org.menagerie.vision.ImageReader;

/**
 * Images in one folder per class: {@code folder:PATH}.
 *
 * <p>{@code ,size=64} stretches them to this many pixels a side; the default is the size of the first images where these are squares
 * of one size, else 224. {@code ,channels=1} makes them grey; the default is 3. {@code ,corrupt=skip} reads every file once before
 * anything else and leaves out those that cannot be read; without it, such a file ends the training with an error that names it.
 */
final class ImageFolder implements DatasetKind {
    private static final String NAME = "folder";
    private static final int USUAL_SIZE = 224;
    /** The images that decide on the size. */
    private static final int LOOKED_AT = 20;
    /** Classes of which one is so many times as frequent as another are worth a remark. */
    private static final int UNEVEN = 3;

    private static final Map<String, Location.Option> OPTIONS = Map.of(
            "size", new Location.Option("0", "[1-9]\\d{0,3}", "a number of pixels"),
            "channels", new Location.Option("3", "[13]", "1 or 3"),
            "corrupt", new Location.Option("fail", "fail|skip", "fail or skip"));
    private static final Set<String> EXTENSIONS = new LinkedHashSet<>(ImageReader.EXTENSIONS);

    /** What a location says, and the files that it has. */
    private record Found(String name, FolderParts parts, FolderImages.Form form) {
        Dataset images(String part, List<LabelledFile> files) {
            return new FolderImages("%s/%s/%s".formatted(NAME, name, part), parts.classes(), files, form);
        }
    }

    @Override
    public Splits open(String location, DataFiles files) {
        Found found = find(location, files::remark);
        FolderParts parts = found.parts();
        remarkUneven(parts, files::remark);
        return new Splits(
                found.images("train", parts.train()),
                found.images("validation", parts.validation()),
                found.images("test", parts.test()));
    }

    @Override
    public Optional<Dataset> whole(String location, DataFiles files) {
        Found found = find(location, files::remark);
        return found.parts().stated()
                ? Optional.empty()
                : Optional.of(found.images("all", found.parts().all()));
    }

    private static Found find(String text, Consumer<String> remarks) {
        Location location = Location.of(NAME, text, OPTIONS);
        if (location.paths().size() != 1) {
            throw new DataSpecificationException(
                    "Data set '%s' needs one folder, for example folder:photos,size=64; found 'folder:%s'"
                            .formatted(NAME, text));
        }
        Path folder = Path.of(location.paths().get(0));
        FolderParts parts = FolderParts.of(folder, EXTENSIONS, remarks);
        if (location.option("corrupt").equals("skip")) {
            parts = new ReadableImages(remarks).of(parts);
        }
        int size = location.number("size");
        int side = size > 0 ? size : commonSize(parts.train());
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new Found(name, parts, new FolderImages.Form(location.number("channels"), side, side));
    }

    /** Returns the side of the first images where they are squares of one size. */
    private static int commonSize(List<LabelledFile> files) {
        List<Integer> sides = files.stream()
                .limit(LOOKED_AT)
                .flatMap(ImageFolder::sides)
                .distinct()
                .limit(2)
                .toList();
        return sides.size() == 1 ? sides.get(0) : USUAL_SIZE;
    }

    /** Returns nothing for a damaged file, which the batch that asks for it tells. */
    private static Stream<Integer> sides(LabelledFile file) {
        try {
            Image image = new ImageReader().read(file.path());
            return Stream.of(image.getWidth(), image.getHeight());
        } catch (InvalidInputException e) {
            return Stream.empty();
        }
    }

    private static void remarkUneven(FolderParts parts, Consumer<String> remarks) {
        int[] counts = new int[parts.classes().size()];
        parts.train().forEach(file -> counts[file.label()]++);
        List<Integer> order = new ArrayList<>();
        for (int label = 0; label < counts.length; label++) {
            order.add(label);
        }
        order.sort(Comparator.comparingInt(label -> counts[label]));
        int rarest = order.get(0);
        int commonest = order.get(order.size() - 1);
        if (counts[commonest] > UNEVEN * counts[rarest]) {
            remarks.accept("The classes of the training part are uneven: %,d of '%s', %,d of '%s'"
                    .formatted(
                            counts[commonest],
                            parts.classes().get(commonest),
                            counts[rarest],
                            parts.classes().get(rarest)));
        }
    }
}
