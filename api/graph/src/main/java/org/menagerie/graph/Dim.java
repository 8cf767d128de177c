package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The extent of an axis: a number, a symbol such as {@code N}, or a polynomial of symbols such as {@code 2*N+1}.
 *
 * <p>Kept as a sum of products in canonical order, so equal computations give equal extents. What does not divide
 * evenly becomes an atom of its own, {@code floor((H-3)/2)}. Immutable.
 */
public final class Dim {
    /** Bounds that only a malicious graph reaches. */
    private static final int MOST_TERMS = 10_000;

    private static final int MOST_FACTORS = 100;
    private static final int LONGEST_TEXT = 10_000;

    /** An indivisible factor: a symbol, or the floor of a quotient. */
    private record Atom(
            String text, @Nullable Dim numerator, @Nullable Dim denominator) implements Comparable<Atom> {
        @Override
        public int compareTo(Atom other) {
            return text.compareTo(other.text);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Atom atom && text.equals(atom.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** A product of atoms, sorted; empty for the constant term. */
    private record Monomial(List<Atom> atoms) implements Comparable<Monomial> {
        static final Monomial ONE = new Monomial(List.of());

        Monomial times(Monomial other) {
            if (atoms.size() + other.atoms.size() > MOST_FACTORS) {
                throw new ArithmeticException("an extent grows beyond " + MOST_FACTORS + " factors");
            }
            List<Atom> product = new ArrayList<>(atoms);
            product.addAll(other.atoms);
            Collections.sort(product);
            return new Monomial(product);
        }

        /** This without the atoms of another, or null where it lacks one. */
        @Nullable
        Monomial without(Monomial other) {
            List<Atom> rest = new ArrayList<>(atoms);
            for (Atom atom : other.atoms) {
                if (!rest.remove(atom)) {
                    return null;
                }
            }
            return new Monomial(rest);
        }

        @Override
        public int compareTo(Monomial other) {
            return other.toString().compareTo(toString());
        }

        @Override
        public String toString() {
            return String.join("*", atoms.stream().map(Atom::text).toList());
        }
    }

    private final SortedMap<Monomial, Long> terms;

    private Dim(SortedMap<Monomial, Long> terms) {
        terms.values().removeIf(coefficient -> coefficient == 0);
        this.terms = terms;
    }

    public static Dim of(long value) {
        return new Dim(new TreeMap<>(Map.of(Monomial.ONE, value)));
    }

    public static Dim symbol(String name) {
        return ofAtom(new Atom(name, null, null));
    }

    private static Dim ofAtom(Atom atom) {
        return new Dim(new TreeMap<>(Map.of(new Monomial(List.of(atom)), 1L)));
    }

    /** Digits give a number, anything else a symbol. */
    public static Dim parse(String text) {
        return text.matches("-?\\d+") ? of(Long.parseLong(text)) : symbol(text);
    }

    public boolean isFixed() {
        return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(Monomial.ONE));
    }

    public boolean is(long value) {
        return isFixed() && value() == value;
    }

    /** True of an extent that inference could not determine. */
    public boolean isUnknown() {
        return terms.keySet().stream()
                .flatMap(m -> m.atoms().stream())
                .anyMatch(a -> a.text().startsWith("?"));
    }

    /**
     * The number.
     *
     * @throws SymbolicExtentException if this is not a number
     */
    public long value() {
        if (!isFixed()) {
            throw new SymbolicExtentException(this);
        }
        return terms.getOrDefault(Monomial.ONE, 0L);
    }

    public Dim plus(Dim other) {
        TreeMap<Monomial, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> sum.merge(monomial, coefficient, Math::addExact));
        return new Dim(sum);
    }

    public Dim plus(long value) {
        return plus(of(value));
    }

    public Dim minus(Dim other) {
        return plus(other.times(of(-1)));
    }

    public Dim times(Dim other) {
        if ((long) terms.size() * other.terms.size() > MOST_TERMS) {
            throw new ArithmeticException("an extent grows beyond " + MOST_TERMS + " terms");
        }
        TreeMap<Monomial, Long> product = new TreeMap<>();
        terms.forEach((m1, c1) -> other.terms.forEach(
                (m2, c2) -> product.merge(m1.times(m2), Math.multiplyExact(c1, c2), Math::addExact)));
        return new Dim(product);
    }

    public Dim times(long value) {
        return times(of(value));
    }

    /** The quotient rounded down; exact where the divisor is one term that divides every term of this. */
    public Dim floorDiv(Dim divisor) {
        if (divisor.is(0)) {
            throw new IllegalArgumentException("Dimension " + this + " divided by zero");
        }
        if (isFixed() && divisor.isFixed()) {
            return of(Math.floorDiv(value(), divisor.value()));
        }
        if (divisor.terms.size() == 1) {
            Monomial monomial = divisor.terms.firstKey();
            long coefficient = divisor.terms.values().iterator().next();
            TreeMap<Monomial, Long> quotient = new TreeMap<>();
            for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
                Monomial rest = term.getKey().without(monomial);
                if (rest == null || term.getValue() % coefficient != 0) {
                    return floorAtom(divisor);
                }
                quotient.merge(rest, term.getValue() / coefficient, Long::sum);
            }
            return new Dim(quotient);
        }
        return floorAtom(divisor);
    }

    private Dim floorAtom(Dim divisor) {
        if (equals(divisor)) {
            return of(1);
        }
        String text = "floor((%s)/(%s))".formatted(this, divisor);
        if (text.length() > LONGEST_TEXT) {
            throw new ArithmeticException("an extent grows beyond " + LONGEST_TEXT + " characters");
        }
        return ofAtom(new Atom(text, this, divisor));
    }

    /**
     * The number that this becomes when symbols have values.
     *
     * @throws IllegalArgumentException naming a symbol without a value
     */
    public long evaluate(Map<String, Long> symbols) {
        long sum = 0;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (Atom atom : term.getKey().atoms()) {
                product *= evaluate(atom, symbols);
            }
            sum += product;
        }
        return sum;
    }

    private static long evaluate(Atom atom, Map<String, Long> symbols) {
        if (atom.numerator() != null && atom.denominator() != null) {
            return Math.floorDiv(
                    atom.numerator().evaluate(symbols), atom.denominator().evaluate(symbols));
        }
        Long value = symbols.get(atom.text());
        if (value == null) {
            throw new IllegalArgumentException(
                    "Dimension '%s' has no value; known are %s".formatted(atom.text(), symbols.keySet()));
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dim dim && terms.equals(dim.terms);
    }

    @Override
    public int hashCode() {
        return Objects.hash(terms);
    }

    @Override
    public String toString() {
        if (isFixed()) {
            return Long.toString(value());
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, coefficient) -> {
            if (!text.isEmpty() && coefficient >= 0) {
                text.append('+');
            }
            if (monomial.equals(Monomial.ONE)) {
                text.append(coefficient);
            } else if (coefficient == -1) {
                text.append('-').append(monomial);
            } else {
                text.append(coefficient == 1 ? "" : coefficient + "*").append(monomial);
            }
        });
        return text.toString();
    }
}
