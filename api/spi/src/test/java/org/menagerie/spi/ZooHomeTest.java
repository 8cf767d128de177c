package org.menagerie.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ZooHomeTest {
    private static Properties system(String name) {
        Properties properties = new Properties();
        properties.setProperty("os.name", name);
        properties.setProperty("user.home", "/home/ada");
        return properties;
    }

    @Test
    void variableWinsEverywhereAndIsMadeAbsolute() {
        Map<String, String> environment = Map.of("ZOO_HOME", "/data/x/../zoo", "XDG_CACHE_HOME", "/xdg");
        assertThat(ZooHome.resolve(environment, system("Linux"))).isEqualTo(Path.of("/data/zoo"));
        assertThat(ZooHome.resolve(environment, system("Mac OS X"))).isEqualTo(Path.of("/data/zoo"));
        assertThat(ZooHome.resolve(Map.of("ZOO_HOME", "zoo"), system("Linux"))).isAbsolute();
    }

    @Test
    void linuxFollowsXdg() {
        assertThat(ZooHome.resolve(Map.of(), system("Linux"))).isEqualTo(Path.of("/home/ada/.cache/menagerie"));
        assertThat(ZooHome.resolve(Map.of("XDG_CACHE_HOME", "/xdg"), system("Linux")))
                .isEqualTo(Path.of("/xdg/menagerie"));
        assertThat(ZooHome.resolve(Map.of("XDG_CACHE_HOME", "relative"), system("Linux")))
                .isEqualTo(Path.of("/home/ada/.cache/menagerie"));
        assertThat(ZooHome.resolve(Map.of("XDG_CACHE_HOME", "", "ZOO_HOME", ""), system("Linux")))
                .isEqualTo(Path.of("/home/ada/.cache/menagerie"));
    }

    @Test
    void macAndWindowsUseTheirOwnFolders() {
        assertThat(ZooHome.resolve(Map.of("XDG_CACHE_HOME", "/xdg"), system("Mac OS X")))
                .isEqualTo(Path.of("/home/ada/Library/Caches/menagerie"));
        assertThat(ZooHome.resolve(Map.of("LOCALAPPDATA", "/local"), system("Windows 11")))
                .isEqualTo(Path.of("/local/menagerie"));
        assertThat(ZooHome.resolve(Map.of(), system("Windows 11")))
                .isEqualTo(Path.of("/home/ada/AppData/Local/menagerie"));
    }
}
