package org.menagerie.spi;

import java.nio.file.Path;

/** A card's files, fetched and checked, as a plugin sees them while it makes a model. */
public interface Artifacts {
    /**
     * The checked file of an artifact.
     *
     * @param name the artifact's name in the card
     * @throws ZooException if the card has no such artifact, or it can be neither found nor fetched
     */
    Path file(String name);

    /** The network of an {@code .onnx} artifact, loaded on the chosen device; the caller closes it. */
    Network network(String name);

    /**
     * A network that a plugin made of the card's files, loaded on the chosen device; the caller closes it.
     *
     * @param onnx an ONNX model, at most 2 GiB
     * @throws UnsupportedOperationException where only files are loaded, as it is by default
     */
    default Network network(byte[] onnx) {
        throw new UnsupportedOperationException("Only networks of files are loaded here");
    }
}
