package org.menagerie.runtime;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.menagerie.spi.ZooException;

/**
 * What an ONNX file says of itself, read without loading it: whether it is a model at all, and which files beside it hold its
 * external data.
 *
 * <p>Only the structure is read; weights are skipped, so a file of two gigabytes takes no longer than its list of tensors.
 *
 * @param isModel false if the bytes are not an ONNX model, or end before it does
 * @param externalData the locations that its tensors name, as they stand in the file
 */
public record OnnxFile(boolean isModel, Set<String> externalData) {
    private static final int GRAPH = 7;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int EXTERNAL_DATA = 13;
    private static final int LONGEST_TEXT = 4096;

    /** Deeper nesting is refused by protobuf itself. */
    private static final int MAX_DEPTH = 100;

    /** The identifier of ONNX Runtime's own format, from the fifth byte on. */
    private static final byte[] ORT_FORMAT = {'O', 'R', 'T', 'M'};

    /** Messages that may hold a tensor: the fields to look into. */
    private enum Message {
        MODEL,
        TRAINING,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR
    }

    private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
            Message.MODEL, Map.of(GRAPH, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of());

    public OnnxFile {
        externalData = Collections.unmodifiableSet(new LinkedHashSet<>(externalData));
    }

    /**
     * Reads a file.
     *
     * @throws ZooException if it cannot be read
     */
    public static OnnxFile read(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(new Protobuf(channel));
        } catch (IOException e) {
            throw new ZooException("Model file %s cannot be read: %s".formatted(file, e), e);
        }
    }

    /** Reads the bytes of a file. */
    public static OnnxFile read(byte[] model) {
        try {
            return read(new Protobuf(model));
        } catch (IOException e) {
            throw new IllegalStateException("An array is always readable", e);
        }
    }

    private static OnnxFile read(Protobuf in) throws IOException {
        if (in.startsWith(4, ORT_FORMAT)) {
            return new OnnxFile(true, Set.of());
        }
        Set<String> locations = new LinkedHashSet<>();
        try {
            boolean graph = walk(in, in.size(), Message.MODEL, locations, 0);
            return new OnnxFile(graph, locations);
        } catch (Protobuf.Malformed e) {
            return new OnnxFile(false, locations);
        }
    }

    /** Walks through a message; true if it is a model with a graph. */
    private static boolean walk(Protobuf in, long end, Message message, Set<String> locations, int depth)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new Protobuf.Malformed("nested too deeply");
        }
        boolean graph = false;
        Map<Integer, Message> fields = FIELDS.getOrDefault(message, Map.of());
        while (in.position() < end) {
            Protobuf.Field field = in.next(end);
            Message inner = fields.get(field.number());
            if (field.length() >= 0 && inner != null) {
                walk(in, in.position() + field.length(), inner, locations, depth + 1);
                graph |= message == Message.MODEL && inner == Message.GRAPH;
            } else if (message == Message.TENSOR && field.number() == EXTERNAL_DATA && field.length() >= 0) {
                location(in, in.position() + field.length(), locations);
            } else {
                in.skip(field);
            }
        }
        return graph;
    }

    /**
     * Reads one entry of a tensor's external data. Whether the tensor says elsewhere that its data is external does not
     * matter: a message may come in pieces, and only the loader joins them.
     */
    private static void location(Protobuf in, long end, Set<String> locations) throws IOException {
        String key = "";
        String value = "";
        while (in.position() < end) {
            Protobuf.Field field = in.next(end);
            if (field.length() >= 0 && (field.number() == KEY || field.number() == VALUE)) {
                String text = in.text(field, LONGEST_TEXT);
                key = field.number() == KEY ? text : key;
                value = field.number() == VALUE ? text : value;
            } else {
                in.skip(field);
            }
        }
        if (key.equals("location")) {
            locations.add(value);
        }
    }

    /** Fails if a location leads out of the model's folder, or means no file. */
    void requireInside(String what) {
        requireModel(what);
        for (String location : externalData) {
            boolean leaves = location.startsWith("/")
                    || location.startsWith("\\")
                    || location.indexOf(':') >= 0
                    || location.indexOf('*') >= 0
                    || ("/" + location.replace('\\', '/') + "/").contains("/../");
            if (leaves || location.isBlank()) {
                throw new ZooException("%s names the external data '%s'; only files in the model's own folder are read"
                        .formatted(what, location));
            }
        }
    }

    /** Fails if there is external data: bytes have no folder that it could lie in. */
    void requireNone(String what) {
        requireModel(what);
        if (!externalData.isEmpty()) {
            throw new ZooException(
                    "%s keeps weights in another file, '%s', and bytes have no folder to find it in; open the model's file instead"
                            .formatted(what, externalData.iterator().next()));
        }
    }

    private void requireModel(String what) {
        if (!isModel) {
            throw new ZooException(
                    what + " cannot be loaded as an ONNX model; it is damaged, cut off, or a file of another kind");
        }
    }
}
