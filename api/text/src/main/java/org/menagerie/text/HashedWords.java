package org.menagerie.text;

import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorPool;

/**
 * Texts as the numbers of their words and of runs of neighbouring words: each is hashed into one of so many buckets, so that no
 * vocabulary is needed (Weinberger 2009, "Feature hashing for large scale multitask learning"; the hash is FNV-1a of 32 bits, as in
 * fastText). A word is a run of letters, a run of digits, or another character that is not a space, after Unicode's NFKC. The
 * tensor is i64[N,T], padded with 0; T is the most numbers of a text in the batch. Thread-safe.
 */
public final class HashedWords implements Preprocessor<String> {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+|\\p{Nd}+|[^\\s\\p{L}\\p{M}\\p{Nd}]");
    private static final int OFFSET_BASIS = 0x811C9DC5;
    private static final int PRIME = 0x01000193;

    private final TensorPool pool = new TensorPool();
    private final HashedWordsSettings settings;

    public HashedWords(HashedWordsSettings settings) {
        this.settings = settings;
    }

    @Override
    public Prepared prepare(List<? extends String> inputs) {
        List<long[]> texts = new ArrayList<>();
        int most = 1;
        for (String input : inputs) {
            long[] numbers = numbers(input);
            texts.add(numbers);
            most = Math.max(most, numbers.length);
        }
        Tensor tensor = pool.take(ElementType.INT64, new Shape(texts.size(), most));
        LongBuffer to = tensor.longs();
        for (int i = 0; i < texts.size(); i++) {
            long[] numbers = texts.get(i);
            to.put(i * most, numbers);
            to.put(i * most + numbers.length, new long[most - numbers.length]);
        }
        return new Prepared(
                Map.of(settings.input(), tensor),
                Collections.nCopies(texts.size(), new Origin.None()),
                pool.returning(tensor));
    }

    /** Returns the numbers of a text: those of its words, then those of its pairs of words, and so on. */
    private long[] numbers(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String cased = settings.lowerCaseOrDefault() ? plain.toLowerCase(Locale.ROOT) : plain;
        List<String> words = WORD.matcher(cased)
                .results()
                .limit(settings.maxWordsOrDefault())
                .map(MatchResult::group)
                .toList();
        List<Long> numbers = new ArrayList<>();
        for (int length = 1; length <= Math.min(settings.ngramsOrDefault(), words.size()); length++) {
            for (int i = 0; i + length <= words.size(); i++) {
                numbers.add(bucket(String.join(" ", words.subList(i, i + length))));
            }
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns 1 to buckets - 1. */
    private long bucket(String words) {
        int hash = OFFSET_BASIS;
        for (byte each : words.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * PRIME;
        }
        return 1L + Integer.remainderUnsigned(hash, settings.buckets() - 1);
    }
}
