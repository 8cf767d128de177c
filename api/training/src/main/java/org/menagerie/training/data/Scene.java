package org.menagerie.training.data;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.menagerie.spi.Tensor;

/** One scene while it is drawn, and what is in it. Later garments lie on earlier ones, which stay at least half visible. */
final class Scene {
    static final int SIDE = 128;

    private static final int PLACEMENTS = 8;
    private static final int WAVES = 3;
    /** The photographs' ground is 0 with some specks up to about this. */
    private static final float OUTSIDE = 8;

    private static final double LEAST_VISIBLE = .5;
    private static final RandomStreams STREAMS = new RandomStreams(20_240_817);

    private final float[] pixels = new float[SIDE * SIDE];
    /** Which object each pixel shows; −1 is the ground. */
    private final int[] shown = new int[SIDE * SIDE];

    private final long[] labels;
    /** How many pixels each object takes, hidden ones too. */
    private final int[] areas;
    /** How many of them are seen. */
    private final int[] seen;

    private int objects;

    private Scene(int places) {
        labels = new long[places];
        areas = new int[places];
        seen = new int[places];
        Arrays.fill(shown, -1);
        Arrays.fill(labels, -1);
    }

    /**
     * How many garments are put into a scene; those that find no place are left out.
     *
     * @param least which may exceed {@code most}: then it is always this number
     * @param most of the number that is drawn
     */
    record Count(int least, int most) {
        static final Count USUAL = new Count(1, 5);

        /** For how many objects a scene has room. */
        int places() {
            return Math.max(least, most);
        }
    }

    /** The scene of a number: the same from the same garments. */
    static Scene draw(Dataset garments, Count count, int number) {
        RandomGenerator random = STREAMS.at("scene", number);
        Scene scene = new Scene(count.places());
        scene.ground(random);
        int wanted = Math.max(count.least(), 1 + random.nextInt(count.most()));
        for (int i = 0; i < wanted; i++) {
            Map<String, Tensor> garment = garments.batch(random.nextInt(garments.size()));
            Tensor image = Column.in(garment, "image");
            int side = (int) image.shape().dim(3);
            scene.place(
                    image.toFloatArray(),
                    side,
                    Column.in(garment, "label").longs().get(0),
                    random);
        }
        return scene;
    }

    float[] pixels() {
        return pixels;
    }

    /** 0 for the ground, 1 + class elsewhere. */
    long[] mask() {
        return Arrays.stream(shown)
                .mapToLong(object -> object < 0 ? 0 : 1 + labels[object])
                .toArray();
    }

    /** The object that each pixel shows; −1 is the ground. */
    long[] instances() {
        return Arrays.stream(shown).asLongStream().toArray();
    }

    /** The class of an object; −1 if the scene has fewer. */
    long label(int object) {
        return labels[object];
    }

    /** Left, top, right, bottom around each object's visible pixels; zeros for objects that the scene lacks. */
    float[] boxes() {
        float[] boxes = new float[4 * labels.length];
        for (int object = 0; object < objects; object++) {
            boxes[4 * object] = SIDE;
            boxes[4 * object + 1] = SIDE;
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int box = 4 * shown[y * SIDE + x];
                if (box >= 0) {
                    boxes[box] = Math.min(boxes[box], x);
                    boxes[box + 1] = Math.min(boxes[box + 1], y);
                    boxes[box + 2] = Math.max(boxes[box + 2], x + 1);
                    boxes[box + 3] = Math.max(boxes[box + 3], y + 1);
                }
            }
        }
        return boxes;
    }

    /** A mean grey with some noise and a few waves in random directions. */
    private void ground(RandomGenerator random) {
        double grey = random.nextDouble(40, 160);
        double[] values = new double[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = grey + random.nextDouble(-8, 8);
        }
        for (int w = 0; w < WAVES; w++) {
            addWave(values, random);
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.rint(Math.max(0, Math.min(255, values[i])));
        }
    }

    /** Adds a·sin(ux + vy + p) as a·(sin(ux)·cos(vy + p) + cos(ux)·sin(vy + p)), with sines by row and column only. */
    private static void addWave(double[] values, RandomGenerator random) {
        double angle = random.nextDouble(2 * Math.PI);
        double frequency = 2 * Math.PI / random.nextDouble(8, 64);
        double phase = random.nextDouble(2 * Math.PI);
        double amplitude = random.nextDouble(5, 20);
        double u = frequency * StrictMath.cos(angle);
        double v = frequency * StrictMath.sin(angle);
        double[] sin = new double[SIDE];
        double[] cos = new double[SIDE];
        for (int x = 0; x < SIDE; x++) {
            sin[x] = amplitude * StrictMath.sin(u * x);
            cos[x] = amplitude * StrictMath.cos(u * x);
        }
        for (int y = 0; y < SIDE; y++) {
            double rowCos = StrictMath.cos(v * y + phase);
            double rowSin = StrictMath.sin(v * y + phase);
            for (int x = 0; x < SIDE; x++) {
                values[y * SIDE + x] += sin[x] * rowCos + cos[x] * rowSin;
            }
        }
    }

    /** Puts a garment where it hides no other by more than half; gives up after some attempts. */
    private void place(float[] garment, int side, long label, RandomGenerator random) {
        for (int attempt = 0; attempt < PLACEMENTS; attempt++) {
            int size = (int) Math.rint(side * random.nextDouble(1, 2.5));
            int left = random.nextInt(SIDE - size + 1);
            int top = random.nextInt(SIDE - size + 1);
            float[] scaled = scale(garment, side, size);
            int area = (int)
                    IntStream.range(0, scaled.length).filter(i -> scaled[i] > 0).count();
            int[] hidden = hidden(scaled, size, left, top);
            if (area > 0 && othersStayVisible(hidden)) {
                for (int object = 0; object < objects; object++) {
                    seen[object] -= hidden[object];
                }
                for (int i = 0; i < scaled.length; i++) {
                    if (scaled[i] > 0) {
                        int at = (top + i / size) * SIDE + left + i % size;
                        pixels[at] = scaled[i];
                        shown[at] = objects;
                    }
                }
                labels[objects] = label;
                seen[objects] = area;
                areas[objects++] = area;
                return;
            }
        }
    }

    /** How many pixels of each object a garment would hide. */
    private int[] hidden(float[] scaled, int size, int left, int top) {
        int[] hidden = new int[objects];
        for (int y = 0; y < size; y++) {
            int from = (top + y) * SIDE + left;
            for (int x = 0; x < size; x++) {
                int object = shown[from + x];
                if (object >= 0 && scaled[y * size + x] > 0) {
                    hidden[object]++;
                }
            }
        }
        return hidden;
    }

    private boolean othersStayVisible(int... hidden) {
        return IntStream.range(0, objects)
                .allMatch(object -> seen[object] - hidden[object] >= LEAST_VISIBLE * areas[object]);
    }

    /** Bilinear, centres aligned; 0 where most of the weight falls outside the garment, at least 1 inside. */
    private static float[] scale(float[] from, int side, int size) {
        double[] places = new double[size];
        for (int i = 0; i < size; i++) {
            places[i] = Math.max(0, Math.min(side - 1, (i + .5) * side / size - .5));
        }
        float[] to = new float[size * size];
        for (int y = 0; y < size; y++) {
            int top = (int) places[y];
            double below = places[y] - top;
            for (int x = 0; x < size; x++) {
                int left = (int) places[x];
                double right = places[x] - left;
                double value = 0;
                double inside = 0;
                for (int corner = 0; corner < 4; corner++) {
                    int column = Math.min(side - 1, left + (corner & 1));
                    int row = Math.min(side - 1, top + (corner >> 1));
                    double weight = ((corner & 1) == 0 ? 1 - right : right) * ((corner >> 1) == 0 ? 1 - below : below);
                    float pixel = from[row * side + column];
                    if (pixel > OUTSIDE) {
                        value += weight * pixel;
                        inside += weight;
                    }
                }
                to[y * size + x] = inside >= .5 ? (float) Math.max(1, Math.rint(value / inside)) : 0;
            }
        }
        return to;
    }
}
