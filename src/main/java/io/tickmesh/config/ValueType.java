package io.tickmesh.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the value of a key is written.
 *
 * @param mustBe completes the sentence "must be ..."
 * @param reader empty for a text that is no such value
 * @param writer turns a value into a text that the reader takes
 */
record ValueType<T>(Shape shape, String mustBe, Function<String, Optional<T>> reader, Function<T, String> writer) {

    /** What the form of the value is in a file. */
    enum Shape {
        SCALAR,
        LIST,
        SECRET
    }

    static <T> ValueType<T> scalar(String mustBe, Function<String, Optional<T>> reader, Function<T, String> writer) {
        return new ValueType<>(Shape.SCALAR, mustBe, reader, writer);
    }

    /** The same texts for another class. */
    <U> ValueType<U> as(Function<T, U> to, Function<U, T> from) {
        return new ValueType<>(
                shape, mustBe, text -> reader.apply(text).map(to), value -> writer.apply(from.apply(value)));
    }
}
