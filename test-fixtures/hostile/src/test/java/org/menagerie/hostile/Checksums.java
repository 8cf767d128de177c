package org.menagerie.hostile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Makes the checksums of a damaged file right again, so that the damage gets past the first look at it. */
final class Checksums {
    private static final int SIGNATURE = 8;
    private static final int BLOCK = 512;

    private Checksums() {}

    /** Of every chunk as far as the lengths lead. */
    static byte[] png(byte[] bytes) {
        ByteBuffer png = ByteBuffer.wrap(bytes.clone());
        int at = SIGNATURE;
        while (at + 12 <= bytes.length) {
            int length = png.getInt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png.array(), at + 4, length + 4);
            png.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return png.array();
    }

    /** Of every block that a tar file could read as a header; content that changes on the way is damage as well. */
    static byte[] tar(byte[] bytes) {
        byte[] tar = bytes.clone();
        for (int at = 0; at + BLOCK <= tar.length; at += BLOCK) {
            if (tar[at] == 0) {
                continue;
            }
            Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
            int sum = 0;
            for (int i = at; i < at + BLOCK; i++) {
                sum += tar[i] & 0xff;
            }
            byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, tar, at + 148, digits.length);
        }
        return tar;
    }
}
