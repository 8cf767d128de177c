package org.menagerie.decoding;

/** What a chosen box does to the boxes that overlap it. */
public sealed interface Suppression {
    /** Removes boxes whose IoU is above a threshold. */
    record Hard(float iou) implements Suppression {
        public Hard {
            requireFraction("IoU threshold", iou);
        }
    }

    /** Multiplies scores by 1 - IoU where the IoU is above a threshold (soft-NMS, Bodla 2017, eq. 2). */
    record SoftLinear(float iou) implements Suppression {
        public SoftLinear {
            requireFraction("IoU threshold", iou);
        }
    }

    /** Multiplies scores by exp(-IoU² / sigma) (soft-NMS, Bodla 2017, eq. 3, where sigma is 0.5). */
    record SoftGaussian(float sigma) implements Suppression {
        public SoftGaussian {
            if (!(sigma > 0)) {
                throw new IllegalArgumentException("Sigma is %s; expected a positive number".formatted(sigma));
            }
        }
    }

    private static void requireFraction(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is %s; expected 0 to 1".formatted(name, value));
        }
    }
}
