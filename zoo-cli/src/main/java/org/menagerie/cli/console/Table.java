package org.menagerie.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of text in aligned columns. Where they are wider than the terminal, the last column is wrapped at words; where that is
 * not enough, each row becomes a block of lines, one for each column.
 */
public final class Table {
    private static final int GAP = 2;
    /** The least width that a wrapped column can be read in. */
    private static final int READABLE = 20;

    /** Ranges of code points that take two columns. */
    private static final List<int[]> WIDE = List.of(
            new int[] {0x1100, 0x115F},
            new int[] {0x2E80, 0xA4CF},
            new int[] {0xAC00, 0xD7A3},
            new int[] {0xF900, 0xFAFF},
            new int[] {0xFE30, 0xFE6F},
            new int[] {0xFF00, 0xFF60},
            new int[] {0xFFE0, 0xFFE6},
            new int[] {0x1F300, 0x1FAFF},
            new int[] {0x20000, 0x3FFFD});

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public void row(String... cells) {
        rows.add(Stream.of(cells).map(CleanText::line).toList());
    }

    public void print(PrintWriter out) {
        lines(Terminal.outColumns()).forEach(out::println);
    }

    /** The lines of the table, none wider than {@code columns} as far as words allow. */
    public List<String> lines(int columns) {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last + 1];
        for (List<String> row : rows) {
            for (int c = 0; c <= last; c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        int before = 0;
        for (int c = 0; c < last; c++) {
            before += widths[c] + GAP;
        }
        if (columns - before >= Math.min(widths[last], READABLE)) {
            return aligned(widths, columns - before);
        }
        return blocks(columns);
    }

    private List<String> aligned(int[] widths, int room) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder start = new StringBuilder();
            for (int c = 0; c < row.size() - 1; c++) {
                start.append(row.get(c)).append(" ".repeat(widths[c] - width(row.get(c)) + GAP));
            }
            String margin = " ".repeat(width(start.toString()));
            for (String piece : wrapped(row.get(row.size() - 1), room)) {
                lines.add((start + piece).stripTrailing());
                start.replace(0, start.length(), margin);
            }
        }
        return lines;
    }

    private List<String> blocks(int columns) {
        List<String> header = rows.get(0);
        int names = header.stream().skip(1).mapToInt(Table::width).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.addAll(wrapped(row.get(0), columns));
            for (int c = 1; c < row.size(); c++) {
                String start = "  " + header.get(c) + " ".repeat(names - width(header.get(c)) + GAP);
                for (String piece : wrapped(row.get(c), Math.max(1, columns - width(start)))) {
                    lines.add((start + piece).stripTrailing());
                    start = " ".repeat(width(start));
                }
            }
        }
        return lines;
    }

    /** The text in pieces of at most {@code room} columns, broken at spaces, or inside of words that are longer. */
    private static List<String> wrapped(String text, int room) {
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (width(rest) > room) {
            int end = 1;
            while (end < rest.length() && width(rest.substring(0, end + 1)) <= room) {
                end++;
            }
            int space = rest.lastIndexOf(' ', end);
            int cut = space > 0 ? space : end;
            pieces.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        pieces.add(rest);
        return pieces;
    }

    /** Columns on a terminal: two for the wide characters of East Asian scripts and for emoji, none for accents that combine. */
    public static int width(String text) {
        return text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
                    default -> isWide(c) ? 2 : 1;
                })
                .sum();
    }

    private static boolean isWide(int codePoint) {
        return WIDE.stream().anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]);
    }
}
