package org.menagerie.training.files;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.vision.ImageReader;

/** Leaves out the images that cannot be read, and says which. Reads every file once. */
final class ReadableImages {
    private final ImageReader reader = new ImageReader();
    private final Consumer<String> remarks;

    ReadableImages(Consumer<String> remarks) {
        this.remarks = remarks;
    }

    FolderParts of(FolderParts parts) {
        List<String> faults = new ArrayList<>();
        List<LabelledFile> train = readable(parts.train(), faults);
        List<LabelledFile> validation = readable(parts.validation(), faults);
        List<LabelledFile> test = parts.test().equals(parts.validation()) ? validation : readable(parts.test(), faults);
        if (!faults.isEmpty()) {
            remarks.accept("%,d images cannot be read and are left out: %s%s"
                    .formatted(faults.size(), faults.get(0), faults.size() > 1 ? "; …" : ""));
        }
        return new FolderParts(parts.classes(), train, validation, test, parts.stated());
    }

    private List<LabelledFile> readable(List<LabelledFile> files, List<String> faults) {
        List<String> own = files.parallelStream().map(this::fault).toList();
        List<LabelledFile> readable = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (own.get(i).isEmpty()) {
                readable.add(files.get(i));
            } else {
                faults.add(own.get(i));
            }
        }
        if (readable.isEmpty()) {
            throw new InvalidInputException(
                    "None of %,d images can be read: %s".formatted(files.size(), faults.get(0)));
        }
        return readable;
    }

    /** Returns what is wrong with an image, empty if nothing is. */
    private String fault(LabelledFile file) {
        try {
            reader.read(file.path());
            return "";
        } catch (InvalidInputException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
