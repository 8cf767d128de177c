package org.menagerie.conformance.model;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ZooException;

/** The models of the cards that ship, on the CPU. */
final class ShippedModels {
    static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    private ShippedModels() {}

    /** What needs a model's files; the test is skipped where they can be neither found nor fetched. */
    static <T> T fetched(Supplier<T> loading) {
        try {
            return loading.get();
        } catch (CardException e) {
            throw e;
        } catch (ZooException e) {
            return Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }
}
