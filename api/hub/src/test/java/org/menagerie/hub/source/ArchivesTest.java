package org.menagerie.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.IntegrityException;

class ArchivesTest {
    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    private Path zip = Path.of("");
    private Path tgz = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void archives() throws IOException {
        zip = temp.resolve("a.jar");
        tgz = temp.resolve("a.tgz");
        target = temp.resolve("inside/target");
        Files.createDirectories(target.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {"package/a.onnx", "../slip"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write(CONTENT);
            }
        }
        try (OutputStream file = Files.newOutputStream(tgz);
                TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (String name : new String[] {"package/a.onnx", "../slip"}) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(CONTENT.length);
                out.putArchiveEntry(entry);
                out.write(CONTENT);
                out.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("package/link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }
    }

    @Test
    void takesOneFileOut() throws IOException {
        for (Path archive : new Path[] {zip, tgz}) {
            Archives.extract(archive, "package/a.onnx", target, CONTENT.length);
            assertThat(target).hasBinaryContent(CONTENT);
            assertThatThrownBy(() -> Archives.extract(archive, "package/b.onnx", target, -1))
                    .hasMessage("the archive has no file 'package/b.onnx'");
            assertThatThrownBy(() -> Archives.extract(archive, "package/a.onnx", target, 3))
                    .isInstanceOf(IntegrityException.class);
        }
    }

    @Test
    void writesNowhereElse() throws IOException {
        for (Path archive : new Path[] {zip, tgz}) {
            Archives.extract(archive, "../slip", target, CONTENT.length);
            assertThat(target).hasBinaryContent(CONTENT);
            assertThat(temp.resolve("slip")).doesNotExist();
        }
        assertThatThrownBy(() -> Archives.extract(tgz, "package/link", target, -1))
                .hasMessageContaining("is a link or folder");
    }

    @Test
    void refusesBombs() throws IOException {
        Path bomb = temp.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            out.putNextEntry(new ZipEntry("zeros"));
            out.write(new byte[20_000_000]);
        }
        assertThatThrownBy(() -> Archives.extract(bomb, "zeros", target, 1000)).isInstanceOf(IntegrityException.class);
        assertThat(Files.size(target)).isLessThanOrEqualTo(1000);
    }

    @Test
    void saysThatAnArchiveIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(tgz);
        Files.write(tgz, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Archives.extract(tgz, "package/zzz", target, -1))
                .isInstanceOf(IOException.class);
        Files.write(zip, new byte[] {'P', 'K', 3, 4, 0});
        assertThatThrownBy(() -> Archives.extract(zip, "x", target, -1)).isInstanceOf(IOException.class);
        Files.writeString(zip, "no archive at all");
        assertThatThrownBy(() -> Archives.extract(zip, "x", target, -1)).isInstanceOf(IOException.class);
    }

    /** Names of 900 MB, of a hundred kilobytes and of none, in each of the ways in which a name may be long. */
    @Test
    void aNameTakesNoMoreMemoryThanANameNeeds() throws IOException {
        for (char type : new char[] {'L', 'x'}) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tgz))) {
                out.write(header("././@LongLink", 900_000_000, type));
                byte[] name = new byte[1 << 20];
                Arrays.fill(name, (byte) 'a');
                for (int i = 0; i < 50; i++) {
                    out.write(name);
                }
            }
            long before = used();
            assertThatThrownBy(() -> Archives.extract(tgz, "package/a.onnx", target, -1))
                    .hasMessageContaining("900,000,000 bytes");
            assertThat(used() - before).isLessThan(20_000_000);
        }
        // What nobody needs is skipped, and counts against what the archive may unpack to.
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tgz))) {
            out.write(header("pax_global_header", 900_000_000, 'g'));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 120; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> Archives.extract(tgz, "package/a.onnx", target, -1))
                .hasMessageContaining("unpacks to far more");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] header(String name, long size, char type) {
        byte[] header = new byte[512];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        System.arraycopy("%011o".formatted(size).getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11);
        header[156] = (byte) type;
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        return header;
    }

    /** What other tools write: GNU's and pax's long names, ustar's prefixes, sizes past eight gigabytes in their headers. */
    @Test
    void readsWhatOtherWritersWrite() throws IOException {
        String name = "package/" + "deep/".repeat(30) + "a.onnx";
        String ustar = "package/" + "d/".repeat(60) + "a.onnx";
        for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            try (OutputStream file = Files.newOutputStream(tgz);
                    TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
                out.setLongFileMode(mode);
                out.setAddPaxHeadersForNonAsciiNames(true);
                for (String entry : new String[] {"package/ü.onnx", name}) {
                    TarArchiveEntry tar = new TarArchiveEntry(entry);
                    tar.setSize(CONTENT.length);
                    out.putArchiveEntry(tar);
                    out.write(CONTENT);
                    out.closeArchiveEntry();
                }
            }
            for (String entry : new String[] {"package/ü.onnx", name}) {
                Archives.extract(tgz, entry, target, CONTENT.length);
                assertThat(target).hasBinaryContent(CONTENT);
            }
        }
        byte[] header = header(ustar.substring(108), CONTENT.length, '0');
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        System.arraycopy(ustar.getBytes(StandardCharsets.US_ASCII), 0, header, 345, 107);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        try (OutputStream out = Files.newOutputStream(tgz)) {
            out.write(header);
            out.write(Arrays.copyOf(CONTENT, 512));
        }
        Archives.extract(tgz, ustar, target, CONTENT.length);
        assertThat(target).hasBinaryContent(CONTENT);
    }
}
