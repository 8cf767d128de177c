package org.menagerie.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.menagerie.spi.Tensor;

/** Tells tensors apart by their type, shape and bytes. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Tensor tensor) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tensor.bytes().duplicate().rewind());
            return tensor + " " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
