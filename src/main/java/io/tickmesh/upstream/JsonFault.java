package io.tickmesh.upstream;

/** Text that is not JSON. It costs no stack trace: providers may send any amount of it. */
public final class JsonFault extends Exception {
    private static final long serialVersionUID = 1;

    JsonFault(String reason) {
        super(reason, null, false, false);
    }
}
