package org.menagerie.explain.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** An explanation as one HTML file that needs no other. */
public final class Page {
    private Page() {}

    /**
     * Writes the page.
     *
     * @param lines of text
     * @param picture shown above them
     */
    public static byte[] of(String title, List<String> lines, Optional<BufferedImage> picture) {
        return of(title, lines, picture, "");
    }

    /** The same, with more HTML between picture and lines. */
    public static byte[] of(String title, List<String> lines, Optional<BufferedImage> picture, String html) {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>body{font-family:sans-serif;margin:2em;max-width:60em}"
                        + "pre{white-space:pre-wrap}.t{padding:.1em .15em;border-radius:.2em}</style>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
        picture.ifPresent(image -> page.append("<img alt=\"explanation\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png(image)))
                .append("\">\n"));
        page.append(html).append("<pre>");
        lines.forEach(line -> page.append(escaped(line)).append('\n'));
        return page.append("</pre>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Text in which nothing is taken for HTML. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
