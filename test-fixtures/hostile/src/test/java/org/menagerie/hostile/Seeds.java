package org.menagerie.hostile;

import ai.onnx.proto.OnnxMl;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Safetensors;

/** A small file of every format, whole; all are made here. */
final class Seeds {
    static final String CARD = """
            ---
            license: mit
            pipeline_tag: image-classification
            tags: [a, b]
            model-index:
              - name: net
                results:
                  - task: {type: image-classification}
                    dataset: {name: d, type: d, split: test}
                    metrics: [{type: accuracy, value: 0.5}]
            menagerie:
              artifacts:
                model: {file: a.onnx, size: 12, sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", sources: ["hf:lab/net@main/a.onnx"]}
              preprocessor: {name: image, width: 28, height: 28}
              decoder: {name: classification, output: logits}
              labels: [one, two]
              samples:
                - {input: a, answer: b, prepared: {x: {shape: [1, 2], mean: 0.5, deviation: 1, values: [1, 2]}}}
            ---
            Prose.
            """;

    static final String INDEX = """
            {"cards": [
              {"name": "lenet", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
              {"name": "resnet", "sha256": "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
            ]}
            """;

    static final String COCO = """
            {"info": {"year": 2014},
             "images": [{"id": 7, "file_name": "a.png", "width": 40, "height": 20}],
             "annotations": [
               {"id": 1, "image_id": 7, "category_id": 18, "bbox": [4, 5, 8, 10], "iscrowd": 0,
                "segmentation": [[4, 5, 12, 5, 12, 15]]},
               {"id": 2, "image_id": 7, "category_id": 18, "bbox": [0, 0, 40, 20], "iscrowd": 1,
                "segmentation": {"counts": [400, 400], "size": [20, 40]}}],
             "categories": [{"id": 18, "name": "dog"}]}
            """;

    static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [{"id": 0, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null,
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                       "vocab": {"[UNK]": 0, "a": 1, "##b": 2, "word": 3}}}
            """;

    static final String NPM = """
            {"name": "fuzz", "dist-tags": {"latest": "1.0.0"}, "versions": {
              "0.9.0": {"dist": {"tarball": "http://127.0.0.1:1/a.tgz", "integrity": "sha512-AAAA"}},
              "1.0.0": {"name": "fuzz", "dist": {"signatures": [{"keyid": "k"}], "shasum": "0123456789012345678901234567890123456789",
                        "tarball": "http://127.0.0.1:1/b.tgz", "integrity": "sha512-AAAA sha1-BBBB"}}}}
            """;

    private Seeds() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] picture(String format) throws IOException {
        BufferedImage image = new BufferedImage(
                24, 16, format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24 * 16; i++) {
            image.setRGB(i % 24, i / 24, 0xff000000 | i * 4099);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IllegalStateException("Java writes no " + format);
        }
        return out.toByteArray();
    }

    static byte[] wav() throws IOException {
        byte[] samples = new byte[2000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 37);
        }
        AudioFormat format = new AudioFormat(16000, 16, 1, true, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                out);
        return out.toByteArray();
    }

    static byte[] safetensors() throws IOException {
        Path file = Files.createTempFile("seed", ".safetensors");
        try {
            new Safetensors(
                            Map.of("a.weight", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), "n", Tensor.scalar(7L)),
                            Map.of("format", "pt"))
                    .write(file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static byte[] npy() {
        byte[] header = text("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n");
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length + 24);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
        npy.put(header);
        return npy.array();
    }

    /** Unsigned bytes of one axis or three, as MNIST's files are. */
    static byte[] idx(int... dims) {
        int size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        ByteBuffer idx = ByteBuffer.allocate(4 + 4 * dims.length + size);
        idx.putInt(8 << 8 | dims.length);
        for (int dim : dims) {
            idx.putInt(dim);
        }
        return idx.array();
    }

    static byte[] onnx() {
        OnnxMl.TypeProto type = OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(1)
                        .setShape(OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimParam("N"))
                                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(2))))
                .build();
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("g")
                        .addInput(
                                OnnxMl.ValueInfoProto.newBuilder().setName("x").setType(type))
                        .addOutput(
                                OnnxMl.ValueInfoProto.newBuilder().setName("y").setType(type))
                        .addInitializer(OnnxMl.TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(1)
                                .addDims(2)
                                .addFloatData(1)
                                .addFloatData(2))
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("Mul")
                                .addInput("x")
                                .addInput("w")
                                .addOutput("y")))
                .build()
                .toByteArray();
    }

    static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("other"));
            zip.write(new byte[300]);
            zip.putNextEntry(new ZipEntry("package/a"));
            zip.write(text("content ".repeat(20)));
        }
        return bytes.toByteArray();
    }

    static byte[] tar() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entry(out, "././@LongLink", 'L', text("package/" + "d/".repeat(80) + "b\0"));
        entry(out, "short", '0', text("first"));
        entry(out, "pax", 'x', text("18 path=package/c\n"));
        entry(out, "short", '0', new byte[600]);
        entry(out, "package/a", '0', text("content"));
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, String name, char type, byte[] content) {
        byte[] header = new byte[512];
        System.arraycopy(text(name), 0, header, 0, name.length());
        System.arraycopy(text("%011o".formatted(content.length)), 0, header, 124, 11);
        header[156] = (byte) type;
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        System.arraycopy(text("%06o\0 ".formatted(sum)), 0, header, 148, 8);
        out.writeBytes(header);
        out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }
}
