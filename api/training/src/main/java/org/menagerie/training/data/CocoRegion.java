package org.menagerie.training.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an object covers, as COCO writes it: polygons, whose union it is, or runs along columns, by turns outside and inside.
 *
 * @param polygons x and y by turns, in pixels
 * @param runs lengths, the first one outside; none where there are polygons
 */
@JsonDeserialize(using = CocoRegion.Reader.class)
record CocoRegion(List<float[]> polygons, int[] runs) {
    /** The region of an object among those of a picture, from the runs of a plane of places. */
    static CocoRegion where(long[] objects, long object, int width) {
        int height = objects.length / width;
        List<Integer> runs = new ArrayList<>();
        boolean inside = false;
        int length = 0;
        for (int i = 0; i < objects.length; i++) {
            if (inside != (objects[i % height * width + i / height] == object)) {
                runs.add(length);
                length = 0;
                inside = !inside;
            }
            length++;
        }
        runs.add(length);
        return new CocoRegion(
                List.of(), runs.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether nothing is said, as in {@code []}. */
    boolean isEmpty() {
        return polygons.isEmpty() && runs.length == 0;
    }

    /** Pixels inside, of runs. */
    int area() {
        return IntStream.range(0, runs.length)
                .filter(i -> i % 2 == 1)
                .map(i -> runs[i])
                .sum();
    }

    /** Whether runs make up a whole picture; polygons fit any. */
    boolean fits(int width, int height) {
        long pixels = IntStream.of(runs).asLongStream().sum();
        boolean whole = pixels == (long) width * height && IntStream.of(runs).allMatch(run -> run >= 0);
        return whole || !polygons.isEmpty();
    }

    /** Sets the pixels whose centres lie inside. */
    void paint(long[] plane, int width, long value) {
        int height = plane.length / width;
        if (polygons.isEmpty()) {
            int at = 0;
            for (int run = 0; run < runs.length; at += runs[run++]) {
                for (int i = at; run % 2 == 1 && i < at + runs[run]; i++) {
                    plane[i % height * width + i / height] = value;
                }
            }
            return;
        }
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        polygons.forEach(polygon -> graphics.fill(path(polygon)));
        graphics.dispose();
        int[] samples = drawn.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        for (int i = 0; i < plane.length; i++) {
            plane[i] = samples[i] > 0 ? value : plane[i];
        }
    }

    private static Path2D path(float[] polygon) {
        Path2D path = new Path2D.Float(Path2D.WIND_EVEN_ODD, polygon.length / 2);
        path.moveTo(polygon[0], polygon[1]);
        for (int i = 2; i < polygon.length; i += 2) {
            path.lineTo(polygon[i], polygon[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** Of polygons, of runs, and of runs packed into a text. */
    static final class Reader extends JsonDeserializer<CocoRegion> {
        @Override
        public CocoRegion deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode tree = json.readValueAsTree();
            JsonNode counts = tree.path("counts");
            if (counts.isTextual()) {
                return new CocoRegion(List.of(), unpacked(counts.textValue()));
            }
            if (counts.isArray()) {
                return new CocoRegion(List.of(), ints(counts));
            }
            List<float[]> polygons = new ArrayList<>();
            for (JsonNode polygon : tree) {
                if (!polygon.isArray() || polygon.size() < 6 || polygon.size() % 2 != 0) {
                    throw JsonMappingException.from(
                            json,
                            "a segmentation has the polygon %s; expected x, y of three points or more"
                                    .formatted(polygon));
                }
                float[] points = new float[polygon.size()];
                for (int i = 0; i < points.length; i++) {
                    points[i] = (float) polygon.get(i).asDouble(Double.NaN);
                    if (!Float.isFinite(points[i])) {
                        throw JsonMappingException.from(
                                json, "a segmentation has the coordinate %s".formatted(polygon.get(i)));
                    }
                }
                polygons.add(points);
            }
            return new CocoRegion(polygons, new int[0]);
        }

        private static int[] ints(JsonNode numbers) {
            int[] ints = new int[numbers.size()];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = numbers.get(i).asInt(-1);
            }
            return ints;
        }

        /**
         * Numbers of five bits a character from '0' on, the lowest first; bit 5 says that another follows, and bit 4 of the
         * last is the sign. From the fourth number on, each is the difference to the one before the last (COCO's maskApi).
         */
        private static int[] unpacked(String text) {
            List<Integer> runs = new ArrayList<>();
            int number = 0;
            int shift = 0;
            for (int i = 0; i < text.length(); i++) {
                int bits = text.charAt(i) - '0';
                number |= (bits & 0x1F) << shift;
                shift += 5;
                if ((bits & 0x20) == 0) {
                    int signed = (bits & 0x10) != 0 && shift < 32 ? number | -1 << shift : number;
                    runs.add(runs.size() > 2 ? signed + runs.get(runs.size() - 2) : signed);
                    number = 0;
                    shift = 0;
                }
            }
            return runs.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
