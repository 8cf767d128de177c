package org.menagerie.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;

/** Tensors from standard input and from NumPy's files. */
class TensorReadingTest {
    @Test
    void standardInputIsATensor() throws IOException {
        TensorInfo info = new TensorInfo("x", ElementType.UINT8, List.of("N"));
        byte[] json = "\uFEFF[1, 200]".getBytes(StandardCharsets.UTF_8);
        for (String argument : List.of("-", "x=-")) {
            Tensor tensor = new TensorArguments(List.of(info), new java.io.ByteArrayInputStream(json))
                    .read(List.of(argument))
                    .get("x");
            assertThat(tensor).hasToString("u8[2]");
        }
        TensorInfo other = new TensorInfo("y", ElementType.UINT8, List.of("N"));
        assertThatThrownBy(() -> new TensorArguments(List.of(info, other), new java.io.ByteArrayInputStream(json))
                        .read(List.of("-", "-")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one input only");
    }

    private static byte[] npy(String descr, String shape, byte... elements) {
        String header = "{'descr': '%s', 'fortran_order': True, 'shape': %s, }\n".formatted(descr, shape);
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length() + elements.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        return file.put(header.getBytes(StandardCharsets.US_ASCII))
                .put(elements)
                .array();
    }

    /** numpy.save writes a transposed array like this: the first index changes fastest. */
    @Test
    void columnMajorNumpyFilesAreRead() {
        Tensor matrix = Npy.read(npy("|u1", "(2, 3)", new byte[] {0, 3, 1, 4, 2, 5}), "x.npy", ElementType.UINT8);
        assertThat(matrix).hasToString("u8[2,3]");
        assertThat(TensorText.first(matrix)).isEqualTo("0 1 2 3 4 5");
        Tensor big = Npy.read(npy(">i2", "(2, 1, 2)", new byte[] {0, 1, 1, 0, 0, 2, 2, 0}), "x.npy", ElementType.INT16);
        assertThat(TensorText.first(big)).isEqualTo("1 2 256 512");
        Tensor empty = Npy.read(npy("<f4", "(0, 3)"), "x.npy", ElementType.FLOAT32);
        assertThat(empty).hasToString("f32[0,3]");
        assertThat(TensorText.first(empty)).isEqualTo("no elements");
    }

    @Test
    void numpyFilesOfEitherByteOrderAreRead() {
        String header = "{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        file.put(header.getBytes(StandardCharsets.US_ASCII));
        file.order(ByteOrder.BIG_ENDIAN).putInt(-5).putInt(70_000);
        assertThat(Npy.read(file.array(), "x.npy", ElementType.INT32).toIntArray())
                .containsExactly(-5, 70_000);
        byte[] minus = new String(file.array(), StandardCharsets.ISO_8859_1)
                .replace("(2,)", "(-2)")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Npy.read(minus, "x.npy", ElementType.INT32))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("x.npy has the shape (-2), which is not NumPy's");
        byte[] huge = new String(file.array(), StandardCharsets.ISO_8859_1)
                .replace("(2,), }", "(9223372036854775807,2)}")
                .getBytes(StandardCharsets.ISO_8859_1);
        huge[8] = (byte) (header.length() + 17);
        assertThatThrownBy(() -> Npy.read(huge, "x.npy", ElementType.INT32))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("too large");
    }
}
