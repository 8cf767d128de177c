package org.menagerie.vision;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** The marker segments before a JPEG file's first scan (ITU-T T.81, annex B). */
final class JpegSegments {
    private JpegSegments() {}

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
    }

    /** The first segment that is wanted. */
    static Optional<Segment> find(byte[] file, Predicate<Segment> wanted) {
        if (!isJpeg(file)) {
            return Optional.empty();
        }
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
            if (marker == 0xDA || length < 2 || at + 2 + length > file.length) {
                return Optional.empty();
            }
            Segment segment = new Segment(
                    marker, ByteBuffer.wrap(file, at + 4, length - 2).slice());
            if (wanted.test(segment)) {
                return Optional.of(segment);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }
}
