package org.menagerie.vision.file;

/** Predictions of whole blocks and of 4x4 blocks from the samples above and to the left (RFC 6386, section 12). */
final class Vp8Prediction {
    /** Modes of whole blocks; the first four of 4x4 blocks stand for the same. */
    static final int DC = 0;

    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    static final int SMALL_BLOCKS = 4;

    private Vp8Prediction() {}

    /** Predicts a square of 16 or 8 samples. */
    static void square(Vp8Plane plane, int x, int y, int size, int mode) {
        int at = plane.index(x, y);
        int above = at - plane.stride;
        if (mode == DC) {
            int dc = mean(plane, at, size, x > 0, y > 0);
            for (int row = 0; row < size; row++) {
                java.util.Arrays.fill(
                        plane.samples, at + row * plane.stride, at + row * plane.stride + size, (byte) dc);
            }
            return;
        }
        for (int row = 0; row < size; row++, at += plane.stride) {
            int left = plane.at(at - 1);
            for (int column = 0; column < size; column++) {
                int sample = switch (mode) {
                    case VERTICAL -> plane.at(above + column);
                    case HORIZONTAL -> left;
                    default -> Vp8Plane.clip(left + plane.at(above + column) - plane.at(above - 1));
                };
                plane.samples[at + column] = (byte) sample;
            }
        }
    }

    private static int mean(Vp8Plane plane, int at, int size, boolean left, boolean above) {
        if (!left && !above) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += above ? plane.at(at - plane.stride + i) : 0;
            sum += left ? plane.at(at - 1 + i * plane.stride) : 0;
        }
        int count = left && above ? 2 * size : size;
        return (sum + count / 2) / count;
    }

    /**
     * Predicts 4x4 samples.
     *
     * @param aboveRight where the four samples stand that follow those above
     */
    static void small(Vp8Plane plane, int at, int aboveRight, int mode) {
        // The edge from the lower left over the corner to the upper right: 0 to 3 left, 4 the corner, 5 to 12 above.
        int[] e = new int[13];
        for (int i = 0; i < 4; i++) {
            e[3 - i] = plane.at(at - 1 + i * plane.stride);
            e[5 + i] = plane.at(at - plane.stride + i);
            e[9 + i] = plane.at(aboveRight + i);
        }
        e[4] = plane.at(at - plane.stride - 1);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                plane.samples[at + y * plane.stride + x] = (byte) sample(e, x, y, mode);
            }
        }
    }

    private static int sample(int[] e, int x, int y, int mode) {
        return switch (mode) {
            case DC -> (e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8] + 4) >> 3;
            case TRUE_MOTION -> Vp8Plane.clip(e[3 - y] + e[5 + x] - e[4]);
            case VERTICAL -> mean3(e, 5 + x);
            case HORIZONTAL -> y == 3 ? (e[1] + 3 * e[0] + 2) >> 2 : mean3(e, 3 - y);
            case 4 -> x + y == 6 ? (e[11] + 3 * e[12] + 2) >> 2 : mean3(e, 6 + x + y); // left down
            case 5 -> mean3(e, 4 + x - y); // right down
            case 6 -> verticalRight(e, x, y);
            case 7 -> verticalLeft(e, x, y);
            case 8 -> horizontalDown(e, x, y);
            default -> horizontalUp(e, x, y);
        };
    }

    private static int mean2(int[] e, int i) {
        return (e[i] + e[i + 1] + 1) >> 1;
    }

    private static int mean3(int[] e, int middle) {
        return (e[middle - 1] + 2 * e[middle] + e[middle + 1] + 2) >> 2;
    }

    private static int verticalRight(int[] e, int x, int y) {
        int along = 2 * x - y;
        if (along < 0) {
            return mean3(e, 5 + along); // 4 for -1, 3 for -2, 2 for -3
        }
        return along % 2 == 0 ? mean2(e, 4 + along / 2) : mean3(e, 4 + (along + 1) / 2);
    }

    private static int verticalLeft(int[] e, int x, int y) {
        if (x == 3 && y > 1) {
            return mean3(e, y == 2 ? 10 : 11);
        }
        int from = 5 + x + y / 2;
        return y % 2 == 0 ? mean2(e, from) : mean3(e, from + 1);
    }

    private static int horizontalDown(int[] e, int x, int y) {
        int along = 2 * y - x;
        if (along < 0) {
            return mean3(e, 3 - along); // 4 for -1, 5 for -2, 6 for -3
        }
        return along % 2 == 0 ? mean2(e, 3 - along / 2) : mean3(e, 4 - (along + 1) / 2);
    }

    private static int horizontalUp(int[] e, int x, int y) {
        int along = x + 2 * y;
        if (along > 5) {
            return e[0];
        }
        if (along == 5) {
            return (e[1] + 3 * e[0] + 2) >> 2;
        }
        return along % 2 == 0 ? mean2(e, 2 - along / 2) : mean3(e, 2 - along / 2);
    }
}
