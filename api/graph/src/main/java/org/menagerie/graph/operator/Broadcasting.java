package org.menagerie.graph.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.menagerie.graph.Dim;

/** NumPy-style broadcasting of shapes, with symbolic extents. */
final class Broadcasting {
    private Broadcasting() {}

    static List<Dim> broadcast(Call call, List<Dim> a, List<Dim> b) {
        List<Dim> result = new ArrayList<>();
        for (int i = 1; i <= Math.max(a.size(), b.size()); i++) {
            Dim left = i <= a.size() ? a.get(a.size() - i) : Dim.of(1);
            Dim right = i <= b.size() ? b.get(b.size() - i) : Dim.of(1);
            result.add(broadcast(call, left, right));
        }
        Collections.reverse(result);
        return result;
    }

    static Dim broadcast(Call call, Dim a, Dim b) {
        if (a.equals(b) || b.is(1)) {
            return a;
        }
        if (a.is(1)) {
            return b;
        }
        if (a.isFixed() && b.isFixed()) {
            throw call.fail("cannot broadcast %s against %s", a, b);
        }
        if (a.isFixed()) {
            return a;
        }
        if (b.isFixed()) {
            return b;
        }
        if (a.isUnknown() || b.isUnknown() || !call.strict()) {
            return call.unknownDim();
        }
        throw call.fail("cannot broadcast '%s' against '%s': they may differ when the graph runs", a, b);
    }
}
