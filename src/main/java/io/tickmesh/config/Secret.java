package io.tickmesh.config;

import org.jspecify.annotations.Nullable;

/** A text that must never be printed: whoever needs it says so by {@link #reveal()}. */
public final class Secret {
    private static final String MASK = "***";

    private final String value;

    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
