package org.menagerie.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeFolderTest {
    private static final String MOUNTS = """
            overlay / overlay rw,relatime,lowerdir=/a:/b 0 0
            tmpfs /tmp tmpfs rw,nosuid,nodev,noexec,relatime 0 0
            tmpfs /tmp/run tmpfs rw,nosuid 0 0
            /dev/sdb1 /media/my\\040disk ext4 rw,noexec 0 0
            tmpfs /late tmpfs rw,noexec 0 0
            tmpfs /late tmpfs rw 0 0
            """;

    @Test
    void findsTheMountThatForbidsNativeCode() {
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/home/a/b"), MOUNTS))
                .isEmpty();
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/tmp/zoo/native"), MOUNTS))
                .contains("/tmp");
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/tmpfs/zoo"), MOUNTS))
                .isEmpty();
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/tmp/run/zoo"), MOUNTS))
                .isEmpty();
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/media/my disk/zoo"), MOUNTS))
                .contains("/media/my disk");
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/late/zoo"), MOUNTS))
                .isEmpty();
        assertThat(NativeFolder.mountWithoutExecution(Path.of("/home"), "nonsense\n\n"))
                .isEmpty();
    }
}
