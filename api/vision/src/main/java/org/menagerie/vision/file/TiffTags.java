package org.menagerie.vision.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The entries of the first directory of a TIFF structure: a TIFF file, or the EXIF data of another. */
final class TiffTags {
    /** Bytes of a value, by the number of its type. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final ByteBuffer tiff;
    private final Map<Integer, Integer> entries = new HashMap<>();

    private TiffTags(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    static boolean isTiff(byte[] file) {
        return file.length > 8
                && ((file[0] == 'I' && file[1] == 'I' && file[2] == 42 && file[3] == 0)
                        || (file[0] == 'M' && file[1] == 'M' && file[2] == 0 && file[3] == 42));
    }

    /** The entries; none in damaged data. */
    static TiffTags of(ByteBuffer structure) {
        ByteBuffer tiff = structure.slice();
        TiffTags tags = new TiffTags(tiff);
        if (tiff.limit() < 8) {
            return tags;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xFFFFFFFFL;
        if (directory + 2 > tiff.limit()) {
            return tags;
        }
        int count = tiff.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < count && directory + 2 + 12L * (i + 1) <= tiff.limit(); i++) {
            int entry = (int) directory + 2 + 12 * i;
            tags.entries.putIfAbsent(tiff.getShort(entry) & 0xFFFF, entry);
        }
        return tags;
    }

    ByteOrder order() {
        return tiff.order();
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** A tag's first value as a whole number. */
    int value(int tag, int otherwise) {
        long[] values = values(tag);
        return values.length == 0 || values[0] > Integer.MAX_VALUE ? otherwise : (int) values[0];
    }

    /** All of a tag's values as whole numbers without sign; none of a tag that is absent or damaged. */
    long[] values(int tag) {
        Integer entry = entries.get(tag);
        int type = entry == null ? 0 : tiff.getShort(entry + 2) & 0xFFFF;
        if (entry == null || type == 0 || type >= SIZES.length || SIZES[type] > 4) {
            return new long[0];
        }
        int size = SIZES[type];
        long count = tiff.getInt(entry + 4) & 0xFFFFFFFFL;
        long at = count * size <= 4 ? entry + 8 : tiff.getInt(entry + 8) & 0xFFFFFFFFL;
        if (at + count * size > tiff.limit()) {
            return new long[0];
        }
        long[] values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            int place = (int) at + i * size;
            values[i] = switch (size) {
                case 1 -> tiff.get(place) & 0xFF;
                case 2 -> tiff.getShort(place) & 0xFFFF;
                default -> tiff.getInt(place) & 0xFFFFFFFFL;
            };
        }
        return values;
    }

    /** A tag's bytes, for tags of bytes. */
    byte[] bytes(int tag) {
        long[] values = values(tag);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
