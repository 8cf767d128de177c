package org.menagerie.hub.catalog;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.menagerie.hub.card.CardReader;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard;

/**
 * A card where it lies, not yet read.
 *
 * @param catalog the name of its catalog
 * @param name the model's name
 * @param base the folder it lies in, as a reference that ends in {@code /}: what its {@code file:} sources are relative
 *     to
 * @param place where a person finds it, for messages
 * @param content reads the file's text
 */
public record CardFile(String catalog, String name, String base, String place, Callable<String> content) {
    /** The end of a card's file name. */
    public static final String SUFFIX = ".md";

    /** The name with its catalog's prefix, which is never ambiguous. */
    public String qualifiedName() {
        return catalog + "/" + name;
    }

    /** The whole file. */
    public String text() {
        try {
            return content.call();
        } catch (CardException e) {
            throw e;
        } catch (IOException e) {
            throw new CardException("Card %s cannot be read from %s: %s".formatted(name, place, e.getMessage()), e);
        } catch (Exception e) {
            throw new CardException("Card %s cannot be read from %s: %s".formatted(name, place, e), e);
        }
    }

    /** Reads and checks the card. */
    public ModelCard read() {
        return CardReader.read(name, text());
    }
}
