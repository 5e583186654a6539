package io.tickmesh.sim;

import io.tickmesh.market.Printable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a simulator can be told to misbehave, by name.
 *
 * @param <T> what a fault acts on
 */
final class FaultTable<T> {
    /** Reads its own fields, and gives back what to do once the whole request has been found right. */
    interface Fault<T> {
        Consumer<T> read(Fields in);
    }

    private final Map<String, Fault<T>> faults = new TreeMap<>();

    void put(String name, Fault<T> fault) {
        faults.put(name, fault);
    }

    Set<String> names() {
        return new TreeSet<>(faults.keySet());
    }

    /**
     * Makes something go wrong.
     *
     * @param target reads who is meant, and refuses every other field
     * @throws IllegalArgumentException that says what is wrong with the request; then nothing has happened
     */
    T apply(String name, Fields in, Function<Fields, T> target) {
        @Nullable Fault<T> fault = faults.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("unknown fault '" + Printable.of(name) + "', known: " + names());
        }
        Consumer<T> action = fault.read(in);
        T reached = target.apply(in);
        action.accept(reached);
        return reached;
    }
}
