package io.tickmesh.upstream;

/** What a control frame to a provider asks for. */
public enum ControlOp {
    SUBSCRIBE,
    UNSUBSCRIBE
}
