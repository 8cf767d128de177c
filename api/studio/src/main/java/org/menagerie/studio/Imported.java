package org.menagerie.studio;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Weights from elsewhere as networks of one of the architectures.
 *
 * @param networks the files that were written
 * @param card the card that was written beside them; its folder is then a catalog
 */
public record Imported(List<NetworkFile> networks, Optional<Path> card) {}
