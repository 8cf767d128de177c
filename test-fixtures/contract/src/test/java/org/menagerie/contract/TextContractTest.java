package org.menagerie.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.menagerie.training.data.DatasetKind;

/** A text of letters that follow no rule, so that no segment repeats; compressed, since a plain one that is cut off is a text, too. */
class TextContractTest extends DatasetContract {
    private static final int CHARACTERS = 60_000;

    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("text");
    }

    @Override
    protected String write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(CHARACTERS, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        Path file = folder.resolve("text.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }
}
