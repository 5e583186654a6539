package io.tickmesh;

import io.vertx.core.Future;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Turns what kept a node from starting into one line for its operator. */
final class StartFailure {
    private StartFailure() {}

    /** An address that cannot be had; its text is for the operator. */
    private static final class Taken extends RuntimeException {
        Taken(String text) {
            super(text, null, false, false);
        }
    }

    /** The same failure, or one that says which address could not be listened on and which key sets it. */
    static <T> Future<T> at(String host, int port, String key, Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return Future.failedFuture(new Taken("cannot listen on " + host + ':' + port + ": " + cause.getMessage()
                        + " (is another one running? choose a port with --set " + key + "=N)"));
            }
        }
        return Future.failedFuture(failure);
    }

    static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
