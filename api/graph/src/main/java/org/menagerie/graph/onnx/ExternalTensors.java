package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.menagerie.spi.Tensor;

/** Puts weights of more than a kilobyte into a file beside the model, each aligned to a page. */
final class ExternalTensors implements TensorSink, AutoCloseable {
    private static final int SMALL = 1024;
    private static final long ALIGNMENT = 4096;

    private final String location;
    private final FileChannel channel;

    ExternalTensors(String location, Path file) throws IOException {
        this.location = location;
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public TensorProto put(String name, Tensor tensor) {
        ByteBuffer bytes = TensorProtos.littleEndian(tensor);
        if (bytes.remaining() <= SMALL) {
            return EmbeddedTensors.INSTANCE.put(name, tensor);
        }
        try {
            long offset = (channel.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            int length = bytes.remaining();
            long position = offset;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            return TensorProtos.header(name, tensor)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", location))
                    .addExternalData(entry("offset", Long.toString(offset)))
                    .addExternalData(entry("length", Integer.toString(length)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Override
    public void close() throws IOException {
        channel.force(true);
        channel.close();
    }
}
