package io.tickmesh.upstream;

import org.jspecify.annotations.Nullable;

/** One code of the {@link Registrar}: what is wanted of it, and what the provider knows of it. */
final class CodeSlot {
    /** What the provider knows. */
    enum Stage {
        OUT,
        COMING,
        ON,
        LEAVING;

        /** Whether the provider counts it. */
        boolean counts() {
            return this == ON || this == LEAVING;
        }
    }

    final String name;
    Stage stage = Stage.OUT;
    boolean wanted;
    boolean slot;

    /** The provider answered the subscribe, or sent data. */
    boolean confirmed;

    @Nullable
    String refusal;

    long retryAt;

    CodeSlot(String name) {
        this.name = name;
    }

    boolean needs(ControlOp op) {
        return switch (op) {
            case SUBSCRIBE -> wanted && slot && stage == Stage.OUT;
            case UNSUBSCRIBE -> !wanted && stage == Stage.ON;
        };
    }
}
