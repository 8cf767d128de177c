package org.menagerie.training.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;

/**
 * The boxes and regions of a COCO annotation file ("instances"), read as a stream. Boxes without area are left out.
 *
 * @param labels the categories' names by rising id; an object's label is a place among them
 * @param pictures in the file's order
 */
record CocoFile(List<String> labels, List<Picture> pictures) {
    /** A null in a box is not a zero. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * A picture.
     *
     * @param file its path below the folder of images
     */
    record Picture(String file, int width, int height, List<Thing> objects) {}

    /**
     * An object, or a crowd of them.
     *
     * @param box left, top, right and bottom in pixels
     * @param area of what it covers, square pixels; of its box, if the file does not say
     * @param region what it covers, if the file says so
     */
    record Thing(
            int label,
            float[] box,
            boolean crowd,
            float area,
            @Nullable CocoRegion region) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Image(
            @Nullable Long id,
            @JsonProperty("file_name") @Nullable String file,
            @Nullable Integer width,
            @Nullable Integer height) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Annotation(
            @Nullable Long id,
            @JsonProperty("image_id") @Nullable Long image,
            @JsonProperty("category_id") @Nullable Long category,
            double @Nullable [] bbox,
            @Nullable CocoRegion segmentation,
            @Nullable Double area,
            @Nullable Integer iscrowd) {
        boolean crowd() {
            Integer flag = iscrowd;
            return flag != null && flag != 0;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Category(@Nullable Long id, @Nullable String name) {}

    /** @throws InvalidInputException if it is no such file, or what it says does not fit together */
    static CocoFile read(Path file) {
        List<Image> images = new ArrayList<>();
        List<Annotation> annotations = new ArrayList<>();
        List<Category> categories = new ArrayList<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException("%s is no COCO annotation file: it is no JSON object".formatted(file));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "images" -> readInto(images, Image.class, json);
                    case "annotations" -> readInto(annotations, Annotation.class, json);
                    case "categories" -> readInto(categories, Category.class, json);
                    default -> json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s is no COCO annotation file: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new ZooException("Cannot read %s: %s".formatted(file, e), e);
        }
        if (images.isEmpty() || categories.isEmpty()) {
            throw new InvalidInputException(
                    "%s has %,d images and %,d categories; COCO annotation files have some of each"
                            .formatted(file, images.size(), categories.size()));
        }
        return joined(file, images, annotations, categories);
    }

    private static <T> void readInto(List<T> list, Class<T> type, JsonParser json) throws IOException {
        String field = json.currentName();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new JsonParseException(json, "'%s' is not an array".formatted(field));
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            T item = json.currentToken() == JsonToken.VALUE_NULL ? null : json.readValueAs(type);
            if (item == null) {
                throw new JsonParseException(json, "one of '%s' is null".formatted(field));
            }
            list.add(item);
        }
    }

    private static CocoFile joined(
            Path file, List<Image> images, List<Annotation> annotations, List<Category> categories) {
        Map<Long, Integer> labels = labels(file, categories);
        Map<Long, Picture> pictures = new LinkedHashMap<>();
        for (Image image : images) {
            Picture picture = picture(file, image);
            if (pictures.put(image.id(), picture) != null) {
                throw new InvalidInputException("%s: two images have id %d".formatted(file, image.id()));
            }
        }
        for (Annotation annotation : annotations) {
            Picture picture = annotation.image() == null ? null : pictures.get(annotation.image());
            Integer label = annotation.category() == null ? null : labels.get(annotation.category());
            if (picture == null || label == null) {
                throw new InvalidInputException("%s: annotation %d is of image %d and category %d; there is no such %s"
                        .formatted(
                                file,
                                annotation.id(),
                                annotation.image(),
                                annotation.category(),
                                picture == null ? "image" : "category"));
            }
            float[] box = corners(file, annotation);
            if (box[0] < box[2] && box[1] < box[3]) {
                picture.objects()
                        .add(new Thing(
                                label,
                                box,
                                annotation.crowd(),
                                area(annotation, box),
                                region(file, annotation, picture)));
            }
        }
        List<String> names = categories.stream()
                .sorted(Comparator.comparingLong(category -> Objects.requireNonNull(category.id())))
                .map(category -> String.valueOf(category.name()))
                .toList();
        return new CocoFile(names, List.copyOf(pictures.values()));
    }

    private static float area(Annotation annotation, float[] box) {
        Double area = annotation.area();
        return area != null && area > 0 ? area.floatValue() : (box[2] - box[0]) * (box[3] - box[1]);
    }

    private static Picture picture(Path file, Image image) {
        String name = image.file();
        Integer width = image.width();
        Integer height = image.height();
        if (image.id() == null || name == null || width == null || height == null || width < 1 || height < 1) {
            throw new InvalidInputException("%s: image %s needs id, file_name, width and height; found '%s', %s and %s"
                    .formatted(file, image.id(), name, width, height));
        }
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException("%s: image %s has the file_name '%s', which names no file"
                    .formatted(file, image.id(), name.replaceAll("\\p{Cntrl}", "?")));
        }
        return new Picture(name, width, height, new ArrayList<>());
    }

    private static Map<Long, Integer> labels(Path file, List<Category> categories) {
        TreeMap<Long, String> names = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        for (Category category : categories) {
            Long id = category.id();
            String name = category.name();
            if (id == null || name == null || name.isBlank()) {
                throw new InvalidInputException("%s: category %s '%s' needs id and name".formatted(file, id, name));
            }
            if (!taken.add(name) || names.put(id, name) != null) {
                throw new InvalidInputException("%s: category %d '%s' is there twice".formatted(file, id, name));
            }
        }
        Map<Long, Integer> labels = new HashMap<>();
        names.keySet().forEach(id -> labels.put(id, labels.size()));
        return labels;
    }

    private static @Nullable CocoRegion region(Path file, Annotation annotation, Picture picture) {
        CocoRegion region = annotation.segmentation();
        if (region == null || region.isEmpty()) {
            return null;
        }
        if (!region.fits(picture.width(), picture.height())) {
            throw new InvalidInputException("%s: the runs of annotation %d do not add up to the %d×%d pixels of %s"
                    .formatted(file, annotation.id(), picture.width(), picture.height(), picture.file()));
        }
        return region;
    }

    private static float[] corners(Path file, Annotation annotation) {
        double[] box = annotation.bbox();
        boolean numbers = box != null && Arrays.stream(box).allMatch(Double::isFinite);
        if (box == null || box.length != 4 || !numbers || box[2] < 0 || box[3] < 0) {
            throw new InvalidInputException(
                    "%s: annotation %d has bbox %s; expected left, top, width and height in pixels"
                            .formatted(file, annotation.id(), Arrays.toString(box)));
        }
        return new float[] {(float) box[0], (float) box[1], (float) (box[0] + box[2]), (float) (box[1] + box[3])};
    }

    /** Whether each object's region is known. */
    boolean hasRegions() {
        return pictures.stream()
                .flatMap(picture -> picture.objects().stream())
                .allMatch(object -> object.region() != null);
    }

    /** The most objects in one picture, crowds included. */
    int mostObjects() {
        return pictures.stream()
                .mapToInt(picture -> picture.objects().size())
                .max()
                .orElse(0);
    }
}
