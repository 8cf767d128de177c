package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.menagerie.training.data.DatasetKind;

/** Words with their pronunciations, in a made-up dictionary. */
class CmuDictContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("cmudict");
    }

    /** Three hundred words, of which the hash puts some into each part; some have two pronunciations. */
    @Override
    protected String write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("export const dictionary = {\n");
        IntStream.range(0, 300).forEach(i -> {
            String word = "" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "s".repeat(i % 4);
            text.append("  \"%s\": \"K AA1 T\",%n".formatted(word));
            if (i % 5 == 0) {
                text.append("  \"%s(2)\": \"K AH0 T S\",%n".formatted(word));
            }
        });
        return Files.writeString(folder.resolve("words.js"), text + "}\n").toString();
    }
}
