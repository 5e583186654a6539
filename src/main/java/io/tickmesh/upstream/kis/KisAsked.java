package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.ControlOp;

/** The control frame that is waiting for its answer. */
record KisAsked(ControlOp op, String trId, String trKey) {
    /** The key of notices is the name of an account. */
    @Override
    public String toString() {
        return op + " " + trId;
    }
}
