package org.menagerie.spi;

import java.nio.file.Path;

/**
 * Networks that are kept in another form than ONNX, for example as weights for an architecture that the card names. Bound by
 * a plugin under the extension of such files, for example {@code safetensors}. Thread-safe.
 */
public interface NetworkFormat {
    /**
     * The network as an ONNX model, at most 2 GiB.
     *
     * @param card what the file belongs to
     * @param network its name among the card's artifacts
     * @param file the checked file
     * @throws ZooException if the file does not fit what the card says
     */
    byte[] onnx(ModelCard card, String network, Path file);
}
