package org.menagerie.cli.option;

import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where models run. A command holds it as a {@link Mixin}. */
public final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device: auto, cpu, cuda or cuda:N (default: auto).")
    String device = "auto";

    /** How the zoo is opened for models on this device. */
    public ZooOptions zooOptions(CommonOptions common) {
        return common.fromArguments(() -> common.zooOptions().withDevice(Device.parse(device)));
    }
}
