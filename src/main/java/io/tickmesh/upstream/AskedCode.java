package io.tickmesh.upstream;

/** One code of the {@link Registrar}: what is wanted of it, and what the provider knows of it. */
final class AskedCode {
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

    /** Connections in a row that broke while it alone was asked for. */
    int breaks;

    /** The provider answered the subscribe, or sent data. */
    boolean confirmed;

    AskedCode(String name) {
        this.name = name;
    }

    boolean needs(ControlOp op) {
        return switch (op) {
            case SUBSCRIBE -> wanted && stage == Stage.OUT;
            case UNSUBSCRIBE -> !wanted && stage == Stage.ON;
        };
    }
}
