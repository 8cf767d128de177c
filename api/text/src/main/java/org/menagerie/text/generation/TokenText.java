package org.menagerie.text.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.menagerie.spi.ZooException;

/** How the labels of a {@code tokenizer.json} become text: the file's {@code decoder}. */
enum TokenText {
    /** GPT-2's: a label is written in characters that stand for bytes. */
    BYTE_LEVEL,
    /** SentencePiece's: {@code ▁} stands for a space. */
    METASPACE,
    /** BERT's: {@code ##} continues a word. */
    WORD_PIECE;

    private static final Map<Integer, Integer> BYTES = bytes();

    static TokenText of(Path file, JsonNode decoder) {
        String type = decoder.path("type").asText("");
        return switch (type) {
            case "ByteLevel" -> BYTE_LEVEL;
            case "Metaspace" -> METASPACE;
            case "WordPiece" -> WORD_PIECE;
            default ->
                throw new ZooException(
                        "the decoder of %s is '%s'; texts are written with ByteLevel, Metaspace or WordPiece"
                                .formatted(file.getFileName(), type));
        };
    }

    /** GPT-2's table: printable bytes stand for themselves, the others for the characters from 256 on. */
    private static Map<Integer, Integer> bytes() {
        Map<Integer, Integer> bytes = new HashMap<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean itself = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            bytes.put(itself ? b : next++, b);
        }
        return bytes;
    }

    Vocabulary.Writer writer(String[] labels) {
        return switch (this) {
            case BYTE_LEVEL -> new ByteWriter(labels);
            case METASPACE -> new SpaceWriter(labels);
            case WORD_PIECE -> new PieceWriter(labels);
        };
    }

    /** Holds bytes back until they are whole characters. */
    private static final class ByteWriter implements Vocabulary.Writer {
        private final String[] labels;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        ByteWriter(String[] labels) {
            this.labels = labels;
        }

        @Override
        public String add(int token) {
            labels[token].codePoints().forEach(character -> {
                Integer b = BYTES.get(character);
                if (b == null) {
                    held.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                } else {
                    held.write(b);
                }
            });
            byte[] all = held.toByteArray();
            int whole = wholeCharacters(all);
            held.reset();
            held.write(all, whole, all.length - whole);
            return new String(all, 0, whole, StandardCharsets.UTF_8);
        }

        @Override
        public String end() {
            return held.toString(StandardCharsets.UTF_8);
        }

        /** How many bytes come before a character whose end is missing. */
        private static int wholeCharacters(byte[] all) {
            for (int back = 1; back <= Math.min(3, all.length); back++) {
                int b = all[all.length - back] & 0xFF;
                if (b >= 0xC0) {
                    int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                    return needed > back ? all.length - back : all.length;
                }
                if (b < 0x80) {
                    return all.length;
                }
            }
            return all.length;
        }
    }

    /** The space before the first word is left out. */
    private static final class SpaceWriter implements Vocabulary.Writer {
        private final String[] labels;
        private boolean begun;

        SpaceWriter(String[] labels) {
            this.labels = labels;
        }

        @Override
        public String add(int token) {
            String text = labels[token].replace('▁', ' ');
            String added = begun || !text.startsWith(" ") ? text : text.substring(1);
            begun = true;
            return added;
        }
    }

    private static final class PieceWriter implements Vocabulary.Writer {
        private final String[] labels;
        private boolean begun;

        PieceWriter(String[] labels) {
            this.labels = labels;
        }

        @Override
        public String add(int token) {
            String label = labels[token];
            String added = label.startsWith("##") ? label.substring(2) : begun ? " " + label : label;
            begun = true;
            return added;
        }
    }
}
