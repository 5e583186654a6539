package io.tickmesh.bench;

/** Why a benchmark has no result; the text is all that is shown. */
final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailure(String text) {
        super(text);
    }

    BenchFailure(String text, Throwable cause) {
        super(text + ": " + cause, cause);
    }
}
