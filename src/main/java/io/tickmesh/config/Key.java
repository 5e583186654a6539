package io.tickmesh.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: all that the loader, the printer and the documents know about it.
 *
 * @param fallback the built-in value, or null where there is none or it follows from other keys
 * @param says one line for the operator
 */
record Key<T>(String path, ValueType<T> type, @Nullable T fallback, String says) {
    boolean isSecret() {
        return type.shape() == ValueType.Shape.SECRET;
    }

    boolean isList() {
        return type.shape() == ValueType.Shape.LIST;
    }

    /** The built-in value as it is written, or empty. */
    String fallbackText() {
        return fallback == null ? "" : type.writer().apply(fallback);
    }

    /** The environment variable that sets this key. */
    String variable() {
        return EnvironmentNames.PREFIX + Nearest.fold(path);
    }
}
