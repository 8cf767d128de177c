package org.menagerie.hub;

import com.google.inject.Binding;
import com.google.inject.CreationException;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinderBinding;
import com.google.inject.multibindings.MultibinderBinding;
import com.google.inject.multibindings.MultibindingsTargetVisitor;
import com.google.inject.multibindings.OptionalBinderBinding;
import com.google.inject.spi.DefaultBindingTargetVisitor;
import com.google.inject.spi.Element;
import com.google.inject.spi.ElementSource;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Guice's error objects say, as one sentence. */
final class GuiceErrors {
    private GuiceErrors() {}

    /** Why no injector could be made. */
    static String sentence(CreationException exception) {
        return exception.getErrorMessages().stream()
                .map(GuiceErrors::sentence)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String sentence(Message message) {
        String first = message.getMessage().strip().lines().findFirst().orElse("");
        Set<String> places = new LinkedHashSet<>();
        message.getSources().forEach(source -> places.add(place(source)));
        return first
                + (message.getCause() == null ? "" : ": " + message.getCause())
                + (places.isEmpty() ? "" : " (at " + String.join(", ", places) + ")");
    }

    private static String place(Object source) {
        return String.valueOf(source instanceof ElementSource element ? element.getDeclaringSource() : source);
    }

    /** The first name that two of these modules bind for one type, and where they do; empty if there is none. */
    static Optional<String> duplicate(List<Module> modules) {
        List<Element> elements = Elements.getElements(modules);
        for (Element element : elements) {
            if (element instanceof Binding<?> binding) {
                String found = binding.acceptTargetVisitor(new Duplicates<>(elements));
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /** Looks into the maps of named components. */
    private static final class Duplicates<T> extends DefaultBindingTargetVisitor<T, @Nullable String>
            implements MultibindingsTargetVisitor<T, @Nullable String> {
        private final List<Element> elements;

        Duplicates(List<Element> elements) {
            this.elements = elements;
        }

        @Override
        public @Nullable String visit(MapBinderBinding<? extends T> map) {
            Map<Object, Set<String>> places = new LinkedHashMap<>();
            for (Map.Entry<?, Binding<?>> entry : map.getEntries(elements)) {
                Set<String> bound = places.computeIfAbsent(entry.getKey(), key -> new LinkedHashSet<>());
                bound.add(place(entry.getValue().getSource()));
                if (bound.size() > 1) {
                    return "Duplicate name '%s' of a %s, bound at %s"
                            .formatted(
                                    entry.getKey(),
                                    map.getValueTypeLiteral().getRawType().getSimpleName(),
                                    String.join(" and ", bound));
                }
            }
            return null;
        }

        @Override
        public @Nullable String visit(MultibinderBinding<? extends T> set) {
            return null;
        }

        @Override
        public @Nullable String visit(OptionalBinderBinding<? extends T> optional) {
            return null;
        }
    }
}
