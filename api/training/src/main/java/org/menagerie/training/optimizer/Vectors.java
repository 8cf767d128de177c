package org.menagerie.training.optimizer;

/** Arithmetic of vectors of equal length. */
public final class Vectors {
    private Vectors() {}

    /** The inner product. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The Euclidean length. */
    public static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** a + factor·b. */
    public static double[] plus(double[] a, double factor, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + factor * b[i];
        }
        return sum;
    }

    /** factor·a. */
    public static double[] scaled(double[] a, double factor) {
        return plus(new double[a.length], factor, a);
    }
}
