package org.menagerie.hub.card;

import java.util.List;
import org.menagerie.spi.settings.SettingNode;

/**
 * What a published catalog holds: {@code {"cards": [{"name": "lenet", "sha256": "…"}]}}; the card {@code lenet.md} lies
 * beside the index.
 *
 * @param cards its cards
 */
public record CatalogIndex(List<Entry> cards) {
    /** Larger files are not indexes: it is enough for eighty thousand cards. */
    public static final int MAX_BYTES = 8 << 20;

    /**
     * A card of the catalog.
     *
     * @param name the model's name
     * @param sha256 the hash of the card's file
     */
    public record Entry(String name, String sha256) {}

    public CatalogIndex {
        cards = List.copyOf(cards);
    }

    /**
     * Reads an index.
     *
     * @param origin what errors call it
     * @throws org.menagerie.spi.CardException naming the line and the problem
     */
    public static CatalogIndex parse(String origin, String text) {
        SettingNode root = YamlTree.parseJson(origin, text).allow("cards");
        return new CatalogIndex(root.required("cards").items().stream()
                .map(card -> {
                    card.allow("name", "sha256");
                    return new Entry(
                            card.required("name")
                                    .matching(CardReader.NAME, "a model's name: a-z, 0-9, '.', '_' and '-'")
                                    .text(),
                            card.required("sha256")
                                    .matching(CardReader.SHA256, "64 lower-case hexadecimal digits")
                                    .text());
                })
                .toList());
    }
}
