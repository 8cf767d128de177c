package org.menagerie.plugin.recurrent;

import java.util.List;

/**
 * What a tagger answers.
 *
 * @param tags the most probable label of each token, in the text's order
 */
public record Tags(List<String> tags) {
    public Tags {
        tags = List.copyOf(tags);
    }
}
