package org.menagerie.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.NativeFolder;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;
import org.menagerie.text.tokenizerfile.TokenizerFile;

/**
 * A Hugging Face {@code tokenizer.json}, applied to whole texts.
 *
 * <p>The file is checked before the native library reads it, which would end the process over a damaged one. Texts get the special tokens of the file's post-processor and are cut to a length; padding is left to {@link
 * TokenBatch}, whatever the file says. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
    /** The property or variable that names the folder below which DJL unpacks its libraries. */
    private static final String LIBRARY_FOLDER = "ENGINE_CACHE_DIR";

    /** The property that names the folder into which JNA unpacks its library when nobody has started it yet. */
    private static final String JNA_FOLDER = "jna.tmpdir";

    static {
        // The library counts its loads over the network unless asked not to.
        if (System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
    }

    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Opens a {@code tokenizer.json}.
     *
     * @param maxTokens the length that longer texts are cut to, special tokens included
     */
    public static Tokenizer open(Path file, int maxTokens) {
        if (maxTokens < 2) {
            throw new IllegalArgumentException("maxTokens must be at least 2, not " + maxTokens);
        }
        if (!Files.isRegularFile(file)) {
            throw new ZooException("No such tokenizer file: " + file);
        }
        boolean ours = System.getProperty(LIBRARY_FOLDER) == null && System.getenv(LIBRARY_FOLDER) == null;
        if (ours) {
            NativeFolder.requireExecutable(ZooHome.natives());
        }
        try {
            return new Tokenizer(withCpuLibrary(file, maxTokens, ours));
        } catch (LinkageError e) {
            throw new ZooException(
                    "The tokenizers library cannot be loaded in this process: %s; it is unpacked below %s, which %s chooses"
                            .formatted(e.getMessage(), ZooHome.natives(), ZooHome.VARIABLE),
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ZooException(
                    "%s is not a tokenizer.json that this version of the tokenizers library reads: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /**
     * Tokenizing uses no GPU; on a machine that has one, DJL would fetch another build of its library. DJL unpacks the
     * library into the home folder unless told another place, and so does JNA, by which DJL looks for CUDA.
     *
     * @param ours whether the library is unpacked into the zoo's folder
     */
    private static synchronized HuggingFaceTokenizer withCpuLibrary(Path file, int maxTokens, boolean ours)
            throws IOException {
        Map<String, @Nullable String> before = new HashMap<>();
        set("RUST_FLAVOR", "cpu", before);
        if (ours) {
            set(LIBRARY_FOLDER, ZooHome.natives().resolve("djl").toString(), before);
        }
        if (System.getProperty(JNA_FOLDER) == null) {
            set(JNA_FOLDER, ZooHome.natives().resolve("jna").toString(), before);
        }
        try {
            String checked = TokenizerFile.read(file, maxTokens);
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(checked.getBytes(StandardCharsets.UTF_8)),
                    Map.of(
                            "addSpecialTokens", "true",
                            "padding", "false",
                            "truncation", "true",
                            "maxLength", Integer.toString(maxTokens),
                            "modelMaxLength", Integer.toString(maxTokens)));
        } finally {
            before.forEach(Tokenizer::restore);
        }
    }

    private static void set(String property, String value, Map<String, @Nullable String> before) {
        before.put(property, System.getProperty(property));
        System.setProperty(property, value);
    }

    private static void restore(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /** The tokens of each text, in order. */
    public List<Tokens> encode(List<String> texts) {
        if (texts.size() == 1) {
            return List.of(encode(texts.get(0)));
        }
        List<Tokens> tokens = new ArrayList<>(texts.size());
        for (Encoding encoding : tokenizer.batchEncode(wellFormed(texts))) {
            tokens.add(new Tokens(encoding.getIds(), encoding.getTypeIds()));
        }
        return tokens;
    }

    /** The tokens of a text. */
    public Tokens encode(String text) {
        Encoding encoding = tokenizer.encode(wellFormed(text));
        return new Tokens(encoding.getIds(), encoding.getTypeIds());
    }

    private static List<String> wellFormed(List<String> texts) {
        return texts.stream().map(Tokenizer::wellFormed).toList();
    }

    /** Lone surrogates have no UTF-8 form, and the native side must not meet them. */
    private static String wellFormed(String text) {
        if (text == null) {
            throw new InvalidInputException("A text is null");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
