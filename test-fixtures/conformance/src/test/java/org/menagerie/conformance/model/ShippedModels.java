package org.menagerie.conformance.model;

import java.util.function.Supplier;
import org.menagerie.fixtures.Fetched;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;

/** The models of the cards that ship, on the CPU. */
final class ShippedModels {
    static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    private ShippedModels() {}

    /** What needs a model's files; the test is skipped only if offline without them. */
    static <T> T fetched(Supplier<T> loading) {
        return Fetched.orSkip(loading);
    }
}
