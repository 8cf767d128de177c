package org.menagerie.vision.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The marker segments before a JPEG file's first scan (ITU-T T.81, annex B).
 *
 * <p>Bytes between segments that belong to none are skipped, as libjpeg skips them.
 *
 * @param list the segments in their order, the frame's among them
 * @param scan where the first scan's marker stands, or the end of the segments in a file without one
 */
record JpegSegments(List<Segment> list, int scan) {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    /** An Adobe segment that says: components are what they are, not luma and chroma. */
    private static final byte[] UNTRANSFORMED = {
        (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    static boolean isJpeg(byte[] file) {
        return file.length > 3 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8;
    }

    /** A segment: its marker's low byte and its content without the length. */
    record Segment(int marker, ByteBuffer content) {
        /** True of an application segment that begins with an identifier. */
        boolean is(int wanted, String identifier) {
            if (marker != wanted || content.remaining() < identifier.length()) {
                return false;
            }
            for (int i = 0; i < identifier.length(); i++) {
                if (content.get(i) != identifier.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        /** True of a start of frame: baseline, progressive, lossless or arithmetic. */
        boolean isFrame() {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        /** True of quantization tables, Huffman tables, arithmetic conditions, restart intervals and frames. */
        boolean isNeededToDecode() {
            return marker == 0xDB || marker == 0xDD || (marker >= 0xC0 && marker <= 0xCF);
        }
    }

    static JpegSegments of(byte[] file) {
        List<Segment> found = new ArrayList<>();
        int at = isJpeg(file) ? 2 : file.length;
        while (true) {
            while (at + 1 < file.length && !isMarker(file, at)) {
                at++;
            }
            if (at + 4 > file.length) {
                return new JpegSegments(List.copyOf(found), file.length);
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return new JpegSegments(List.copyOf(found), at);
            }
            if (marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += 2;
                continue;
            }
            int length = ((file[at + 2] & 0xFF) << 8) | (file[at + 3] & 0xFF);
            if (length < 2 || at + 2 + length > file.length) {
                return new JpegSegments(List.copyOf(found), file.length);
            }
            found.add(new Segment(
                    marker, ByteBuffer.wrap(file, at + 4, length - 2).slice()));
            at += 2 + length;
        }
    }

    private static boolean isMarker(byte[] file, int at) {
        return (file[at] & 0xFF) == 0xFF && file[at + 1] != 0 && (file[at + 1] & 0xFF) != 0xFF;
    }

    /** The first segment that is wanted. */
    Optional<Segment> find(Predicate<Segment> wanted) {
        return list.stream().filter(wanted).findFirst();
    }

    /**
     * The file without anything that says what its components mean, so that a decoder hands out the components
     * themselves.
     *
     * @param tables segments that another stream shares with this one
     */
    byte[] bare(byte[] file, List<Segment> tables) {
        ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length + 64);
        bare.write(0xFF);
        bare.write(0xD8);
        bare.writeBytes(UNTRANSFORMED);
        tables.forEach(segment -> write(segment, bare));
        list.forEach(segment -> write(segment, bare));
        bare.write(file, scan, file.length - scan);
        return bare.toByteArray();
    }

    private static void write(Segment segment, ByteArrayOutputStream to) {
        if (!segment.isNeededToDecode()) {
            return;
        }
        byte[] content = new byte[segment.content().remaining()];
        segment.content().get(0, content);
        to.write(0xFF);
        to.write(segment.marker());
        to.write((content.length + 2) >> 8);
        to.write(content.length + 2);
        to.writeBytes(content);
    }
}
