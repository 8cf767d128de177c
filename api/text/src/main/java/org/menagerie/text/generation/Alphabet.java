package org.menagerie.text.generation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/** Characters and their indices: 0 is padding, then the characters in their order. */
final class Alphabet {
    private final String characters;
    private final boolean lowerCase;
    private final Map<Integer, Long> indices = new HashMap<>();

    /**
     * An alphabet.
     *
     * @param characters the first has index 1
     * @param lowerCase whether capital letters are taken as small ones
     */
    Alphabet(String characters, boolean lowerCase) {
        this.characters = characters;
        this.lowerCase = lowerCase;
        characters.codePoints().forEach(character -> indices.put(character, indices.size() + 1L));
        if (indices.size() != characters.codePointCount(0, characters.length())) {
            throw new IllegalArgumentException("The alphabet '%s' has a character twice".formatted(characters));
        }
    }

    /** The characters of a text as the network reads them. */
    List<String> split(String text) {
        return (lowerCase ? text.toLowerCase(Locale.ROOT) : text)
                .codePoints()
                .mapToObj(Character::toString)
                .collect(Collectors.toList());
    }

    /**
     * Texts as {@code i64[N,S]}, padded to the longest.
     *
     * @throws InvalidInputException if one is empty or has a character that is not in the alphabet
     */
    Tensor encode(List<List<String>> texts) {
        int longest = texts.stream().mapToInt(List::size).max().orElse(0);
        Tensor encoded = Tensor.allocate(ElementType.INT64, texts.size(), longest);
        for (int i = 0; i < texts.size(); i++) {
            List<String> text = texts.get(i);
            if (text.isEmpty()) {
                throw new InvalidInputException(
                        "An empty text cannot be read; give at least one of '%s'".formatted(characters));
            }
            for (int at = 0; at < text.size(); at++) {
                encoded.longs().put(i * longest + at, index(text, at));
            }
        }
        return encoded;
    }

    private long index(List<String> text, int at) {
        Long index = indices.get(text.get(at).codePointAt(0));
        if (index == null) {
            throw new InvalidInputException("'%s', character %d of '%s', is not in the model's alphabet '%s'"
                    .formatted(text.get(at), at + 1, String.join("", text), characters));
        }
        return index;
    }
}
