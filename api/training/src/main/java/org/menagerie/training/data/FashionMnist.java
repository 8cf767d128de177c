package org.menagerie.training.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Artifact;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): 60,000 and 10,000 grey images 28×28 of garments in ten classes, MIT
 * licence. The last 5,000 training images are the validation part.
 *
 * <p>{@code fashion-mnist} looks for the four IDX files where the Debian package {@code dataset-fashion-mnist} puts them
 * and then asks {@link DataFiles}; {@code fashion-mnist:FOLDER} takes them from a folder. Repacked archives differ in
 * their gzip bytes, so the decompressed bytes are checked.
 */
public final class FashionMnist implements DatasetKind {
    /** The classes by index. */
    public static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** Makes pixels 0 to 255 of mean 0 and deviation 1 over the training images: (x/255 − .2860)/.3530. */
    public static final Normalize NORMALIZE = Normalize.images(new float[] {.2860f}, new float[] {.3530f});

    private static final String NAME = "fashion-mnist";
    private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
    private static final int VALIDATION = 5_000;
    private static final String TRAIN_IMAGES = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888";
    private static final String TRAIN_LABELS = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9";
    private static final String TEST_IMAGES = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b";
    private static final String TEST_LABELS = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34";

    private static final String UPSTREAM = "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
            + "b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/";
    private static final List<Artifact> PUBLISHED = List.of(
            published(
                    "train-images-idx3-ubyte.gz",
                    26_421_880,
                    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            published(
                    "train-labels-idx1-ubyte.gz",
                    29_515,
                    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            published(
                    "t10k-images-idx3-ubyte.gz",
                    4_422_102,
                    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            published(
                    "t10k-labels-idx1-ubyte.gz",
                    5_148,
                    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

    private final Path installed;

    public FashionMnist() {
        this(DEBIAN);
    }

    /** @param installed the folder in which a package of the operating system would have put the files */
    FashionMnist(Path installed) {
        this.installed = installed;
    }

    @Override
    public Splits open(String location, DataFiles files) {
        Path folder = Location.single(NAME, location);
        Function<String, Path> find =
                location.isEmpty() ? name -> installed(name, files) : name -> IdxImages.inFolder(folder, name);
        IdxImages.Pair train = IdxImages.Pair.read(find, "train");
        check("train images", train.images(), TRAIN_IMAGES);
        check("train labels", train.labels(), TRAIN_LABELS);
        IdxImages.Pair test = IdxImages.Pair.read(find, "t10k");
        check("test images", test.images(), TEST_IMAGES);
        check("test labels", test.labels(), TEST_LABELS);
        return IdxImages.splits(NAME, LABELS, train, test, VALIDATION);
    }

    private Path installed(String name, DataFiles files) {
        Path packaged = installed.resolve(name + ".gz");
        if (Files.exists(packaged)) {
            return packaged;
        }
        return files.find(NAME, published(name + ".gz"))
                .orElseThrow(
                        () -> new InvalidInputException(("Fashion-MNIST's %s.gz was not found: install Debian's package"
                                        + " dataset-fashion-mnist, or name the folder that holds its four files as"
                                        + " fashion-mnist:FOLDER")
                                .formatted(name)));
    }

    /** A file as its authors publish it. */
    private static Artifact published(String file) {
        return PUBLISHED.stream()
                .filter(published -> published.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static Artifact published(String file, long size, String sha256) {
        return new Artifact(file, file, size, sha256, List.of(UPSTREAM + file));
    }

    private static void check(String what, IdxFile file, String expected) {
        if (!file.sha256().equals(expected)) {
            throw new IntegrityException(
                    ("Fashion-MNIST's %s have SHA-256 %s after decompression; expected %s. Other data"
                                    + " in this format opens as idx:FOLDER")
                            .formatted(what, file.sha256(), expected));
        }
    }
}
