package org.menagerie.graph.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphException;

/**
 * An Einstein summation such as {@code bij,bjk->bik}, every axis named by a letter.
 *
 * @param inputs the letters of each input's axes
 * @param output the letters of the output's axes
 */
public record EinsumEquation(List<String> inputs, String output) {
    private static final String ELLIPSIS = "...";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public EinsumEquation {
        inputs = List.copyOf(inputs);
    }

    /**
     * Reads an equation. An ellipsis becomes letters of its own, which align at the last axis as in broadcasting.
     *
     * @param ranks how many axes each input has
     * @throws GraphException if the equation does not fit them
     */
    public static EinsumEquation parse(String equation, List<Integer> ranks) {
        String text = equation.replace(" ", "");
        String[] sides = text.split("->", -1);
        List<String> terms = List.of(sides[0].split(",", -1));
        if (terms.size() != ranks.size()) {
            throw new GraphException(
                    "Einsum equation '%s' names %d inputs; %d are given".formatted(text, terms.size(), ranks.size()));
        }
        int hidden = 0;
        for (int i = 0; i < terms.size(); i++) {
            hidden = Math.max(hidden, hiddenAxes(text, terms.get(i), ranks.get(i)));
        }
        StringBuilder free = new StringBuilder();
        for (int i = 0; free.length() < hidden; i++) {
            if (text.indexOf(LETTERS.charAt(i)) < 0) {
                free.append(LETTERS.charAt(i));
            }
        }
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            int axes = hiddenAxes(text, terms.get(i), ranks.get(i));
            inputs.add(terms.get(i).replace(ELLIPSIS, free.substring(hidden - axes)));
        }
        String output = sides.length == 2 ? sides[1].replace(ELLIPSIS, free) : free + implicitOutput(sides[0]);
        return new EinsumEquation(inputs, output);
    }

    private static int hiddenAxes(String equation, String term, int rank) {
        boolean open = term.contains(ELLIPSIS);
        int named = term.replace(ELLIPSIS, "").length();
        if (open ? named > rank : named != rank) {
            throw new GraphException("Einsum equation '%s' names %d axes in '%s'; the input has %d"
                    .formatted(equation, named, term, rank));
        }
        return open ? rank - named : 0;
    }

    /** Without an arrow the output has the letters that occur once, in alphabetical order. */
    private static String implicitOutput(String inputs) {
        return inputs.chars()
                .filter(c -> Character.isLetter(c) && inputs.indexOf(c) == inputs.lastIndexOf(c))
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
