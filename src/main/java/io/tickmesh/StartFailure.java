package io.tickmesh;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Turns what kept a node from starting into one line for its operator. */
final class StartFailure {
    private StartFailure() {}

    static String text(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "cannot listen: " + cause.getMessage() + " (is another node running? choose a port with --port)";
            }
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
