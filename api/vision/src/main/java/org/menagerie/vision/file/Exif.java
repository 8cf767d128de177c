package org.menagerie.vision.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Where files keep their EXIF data, a TIFF structure. */
final class Exif {
    private static final String PREFIX = "Exif\0\0";
    private static final int MOST_PROFILE = 1 << 18;

    private Exif() {}

    static Optional<ByteBuffer> of(byte[] file) {
        if (JpegSegments.isJpeg(file)) {
            return JpegSegments.of(file)
                    .find(segment -> segment.is(0xE1, PREFIX))
                    .map(segment -> segment.content().slice(6, segment.content().limit() - 6));
        }
        if (TiffTags.isTiff(file)) {
            return Optional.of(ByteBuffer.wrap(file));
        }
        if (PngChunks.isPng(file)) {
            return png(file);
        }
        return RiffChunks.isWebP(file) ? RiffChunks.of(file).first("EXIF").map(Exif::withoutPrefix) : Optional.empty();
    }

    private static ByteBuffer withoutPrefix(ByteBuffer exif) {
        boolean prefixed = exif.limit() > 6 && exif.get(0) == 'E' && exif.get(1) == 'x' && exif.get(4) == 0;
        return prefixed ? exif.slice(6, exif.limit() - 6) : exif;
    }

    private static Optional<ByteBuffer> png(byte[] file) {
        PngChunks chunks = PngChunks.of(file);
        Optional<ByteBuffer> own = chunks.all("eXIf").stream().findFirst();
        if (own.isPresent()) {
            return own.map(Exif::withoutPrefix);
        }
        for (String type : new String[] {"zTXt", "tEXt"}) {
            for (ByteBuffer chunk : chunks.all(type)) {
                ByteBuffer profile = rawProfile(chunk, type.equals("zTXt"));
                if (profile != null) {
                    return Optional.of(withoutPrefix(profile));
                }
            }
        }
        return Optional.empty();
    }

    /** ImageMagick's text chunk: a keyword, then the name, the length and hexadecimal digits in lines. */
    private static @Nullable ByteBuffer rawProfile(ByteBuffer chunk, boolean compressed) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(0, bytes);
        String head = new String(bytes, 0, Math.min(bytes.length, 24), StandardCharsets.ISO_8859_1);
        String keyword =
                head.startsWith("Raw profile type exif\0") ? "Raw profile type exif\0" : "Raw profile type APP1\0";
        if (!head.startsWith(keyword)) {
            return null;
        }
        int start = keyword.length() + (compressed ? 1 : 0);
        String text = compressed
                ? inflate(bytes, start)
                : new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
        String[] parts = text.strip().split("\\s+", 3);
        String digits = parts.length < 3 ? "" : parts[2].replaceAll("\\s", "");
        if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9a-fA-F]*")) {
            return null;
        }
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.BIG_ENDIAN);
    }

    private static String inflate(byte[] bytes, int start) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, Math.min(start, bytes.length), Math.max(0, bytes.length - start));
            byte[] text = new byte[MOST_PROFILE];
            int length = inflater.inflate(text);
            return new String(text, 0, length, StandardCharsets.ISO_8859_1);
        } catch (DataFormatException e) {
            return "";
        } finally {
            inflater.end();
        }
    }
}
