package org.menagerie.spi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * A dense row-major array in a direct, native-order buffer: what goes into a network and what comes out.
 *
 * <p>The buffer belongs to the tensor and reaches ONNX Runtime without a copy. The views returned by {@link #bytes()},
 * {@link #floats()} and their kin share its memory and have positions of their own. A tensor may be read by many
 * threads; whoever writes one must be its only user meanwhile.
 */
public final class Tensor {
    private final ElementType elementType;
    private final Shape shape;
    private final ByteBuffer data;

    private Tensor(ElementType elementType, Shape shape, ByteBuffer data) {
        this.elementType = elementType;
        this.shape = shape;
        this.data = data;
    }

    /** A tensor of zeros. */
    public static Tensor allocate(ElementType elementType, Shape shape) {
        long bytes = Math.multiplyExact(shape.size(), elementType.bytes());
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A tensor %s%s needs %,d bytes; one buffer holds at most %,d"
                    .formatted(elementType.shortName(), shape, bytes, Integer.MAX_VALUE));
        }
        return new Tensor(
                elementType, shape, ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()));
    }

    /** Allocates a tensor of zeros. */
    public static Tensor allocate(ElementType elementType, long... dims) {
        return allocate(elementType, new Shape(dims));
    }

    /**
     * Wraps a direct buffer without a copy.
     *
     * @param data the bytes between position and limit, in native order
     * @throws IllegalArgumentException if the buffer is not direct or its length does not fit the shape
     */
    public static Tensor wrap(ElementType elementType, Shape shape, ByteBuffer data) {
        ByteBuffer slice = data.slice().order(ByteOrder.nativeOrder());
        long expected = Math.multiplyExact(shape.size(), elementType.bytes());
        if (!data.isDirect()) {
            throw new IllegalArgumentException("A tensor needs a direct buffer; this one is on the Java heap");
        }
        if (slice.capacity() != expected) {
            throw new IllegalArgumentException("A tensor %s%s needs %,d bytes; the buffer holds %,d"
                    .formatted(elementType.shortName(), shape, expected, slice.capacity()));
        }
        return new Tensor(elementType, shape, slice);
    }

    /** A float32 tensor with a copy of the values. */
    public static Tensor of(float[] values, long... dims) {
        Tensor tensor = allocateFor(values.length, ElementType.FLOAT32, dims);
        tensor.floats().put(values);
        return tensor;
    }

    /** A float64 tensor with a copy of the values. */
    public static Tensor of(double[] values, long... dims) {
        Tensor tensor = allocateFor(values.length, ElementType.FLOAT64, dims);
        tensor.doubles().put(values);
        return tensor;
    }

    /** An int64 tensor with a copy of the values. */
    public static Tensor of(long[] values, long... dims) {
        Tensor tensor = allocateFor(values.length, ElementType.INT64, dims);
        tensor.longs().put(values);
        return tensor;
    }

    /** An int32 tensor with a copy of the values. */
    public static Tensor of(int[] values, long... dims) {
        Tensor tensor = allocateFor(values.length, ElementType.INT32, dims);
        tensor.ints().put(values);
        return tensor;
    }

    /** A bool tensor with a copy of the values. */
    public static Tensor of(boolean[] values, long... dims) {
        Tensor tensor = allocateFor(values.length, ElementType.BOOL, dims);
        for (int i = 0; i < values.length; i++) {
            tensor.data.put(i, (byte) (values[i] ? 1 : 0));
        }
        return tensor;
    }

    /** A float32 tensor without axes. */
    public static Tensor scalar(float value) {
        return of(new float[] {value});
    }

    /** An int64 tensor without axes. */
    public static Tensor scalar(long value) {
        return of(new long[] {value});
    }

    private static Tensor allocateFor(int values, ElementType elementType, long... dims) {
        Shape shape = new Shape(dims);
        if (shape.size() != values) {
            throw new IllegalArgumentException(
                    "Shape %s holds %,d elements; %,d values were given".formatted(shape, shape.size(), values));
        }
        return allocate(elementType, shape);
    }

    public ElementType elementType() {
        return elementType;
    }

    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return data.capacity() / elementType.bytes();
    }

    /** A view of all bytes, in native order. */
    public ByteBuffer bytes() {
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    /** A view of the elements of a float32 tensor. */
    public FloatBuffer floats() {
        require(ElementType.FLOAT32);
        return bytes().asFloatBuffer();
    }

    /** A view of the elements of a float64 tensor. */
    public DoubleBuffer doubles() {
        require(ElementType.FLOAT64);
        return bytes().asDoubleBuffer();
    }

    /** A view of the elements of an int64 tensor. */
    public LongBuffer longs() {
        require(ElementType.INT64);
        return bytes().asLongBuffer();
    }

    /** A view of the elements of an int32 tensor. */
    public IntBuffer ints() {
        require(ElementType.INT32);
        return bytes().asIntBuffer();
    }

    /** A copy of the elements of a float32 tensor. */
    public float[] toFloatArray() {
        float[] values = new float[size()];
        floats().get(values);
        return values;
    }

    /** A copy of the elements of a float64 tensor. */
    public double[] toDoubleArray() {
        double[] values = new double[size()];
        doubles().get(values);
        return values;
    }

    /** A copy of the elements of an int64 tensor. */
    public long[] toLongArray() {
        long[] values = new long[size()];
        longs().get(values);
        return values;
    }

    /** A copy of the elements of an int32 tensor. */
    public int[] toIntArray() {
        int[] values = new int[size()];
        ints().get(values);
        return values;
    }

    /** A tensor with its own copy of the elements. */
    public Tensor copy() {
        Tensor copy = allocate(elementType, shape);
        copy.data.put(0, data, 0, data.capacity());
        return copy;
    }

    /** The same memory under another shape of equal size. */
    public Tensor reshape(long... dims) {
        return wrap(elementType, new Shape(dims), bytes());
    }

    private void require(ElementType expected) {
        if (elementType != expected) {
            throw new IllegalStateException(
                    "This tensor holds %s, not %s".formatted(elementType.shortName(), expected.shortName()));
        }
    }

    /** Type and shape, for example {@code f32[1,10]}; never the elements. */
    @Override
    public String toString() {
        return elementType.shortName() + shape;
    }
}
