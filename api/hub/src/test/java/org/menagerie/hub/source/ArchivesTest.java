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
}
