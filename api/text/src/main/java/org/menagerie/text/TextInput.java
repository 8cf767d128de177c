package org.menagerie.text;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.input.InputKind;
import org.menagerie.spi.input.NamedInput;

/** Texts: a file is one input for each line that is not blank; they can be typed, too. */
final class TextInput {
    private TextInput() {}

    static InputKind<String> kind() {
        return new InputKind<>(
                        String.class,
                        "text",
                        "texts",
                        List.of("txt", "text", "md"),
                        (bytes, name, limit) -> PlainText.decode(bytes, name).strip())
                .several(TextInput::lines)
                .typed(text -> text);
    }

    private static List<NamedInput<String>> lines(byte[] bytes, String name) {
        List<NamedInput<String>> inputs = new ArrayList<>();
        int number = 0;
        for (String line : PlainText.decode(bytes, name).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                inputs.add(new NamedInput<>(name + ":" + number, line));
            }
        }
        if (inputs.isEmpty()) {
            throw new InvalidInputException(name + " holds no text");
        }
        return inputs;
    }
}
