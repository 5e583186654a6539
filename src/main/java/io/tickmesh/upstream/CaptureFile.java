package io.tickmesh.upstream;

import io.tickmesh.market.Printable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A new file of {@link CaptureLine}s. */
final class CaptureFile {
    private static final int MOST_WAITING = 64 << 20;

    private final Vertx vertx;
    private final Path path;
    private final AsyncFile file;
    private final Consumer<String> onTrouble;
    private long lines;

    private CaptureFile(Vertx vertx, Path path, AsyncFile file, Consumer<String> onTrouble) {
        this.vertx = vertx;
        this.path = path;
        this.file = file.setWriteQueueMaxSize(MOST_WAITING);
        this.onTrouble = onTrouble;
        file.exceptionHandler(failure -> onTrouble.accept(why(path, failure)));
    }

    /** Begins a file that is not there yet; fails with one line for the operator. */
    static Future<CaptureFile> create(Vertx vertx, Path path, Consumer<String> onTrouble) {
        OpenOptions options = new OpenOptions().setRead(false).setWrite(true).setCreateNew(true);
        return vertx.fileSystem()
                .open(path.toString(), options)
                .map(file -> new CaptureFile(vertx, path, file, onTrouble))
                .recover(failure -> Future.failedFuture(why(path, failure)));
    }

    private static String why(Path path, Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof FileAlreadyExistsException) {
            return path + " is already there, and nothing is overwritten";
        }
        if (deepest instanceof NoSuchFileException) {
            return "cannot write " + path + ": no such directory";
        }
        if (deepest instanceof AccessDeniedException) {
            return "cannot write " + path + ": not allowed";
        }
        @Nullable String message = deepest.getMessage();
        return "cannot write " + path + ": "
                + (message == null ? deepest.getClass().getSimpleName() : Printable.of(message));
    }

    void add(byte[] frame) {
        if (file.writeQueueFull()) {
            onTrouble.accept("cannot write " + path + " as fast as frames come");
            return;
        }
        lines++;
        file.write(Buffer.buffer(CaptureLine.of(frame, frame.length)).appendByte((byte) '\n'))
                .onFailure(failure -> onTrouble.accept(why(path, failure)));
    }

    long lines() {
        return lines;
    }

    /** Completes when everything is written; a file without any line is taken away. */
    Future<Void> close() {
        Future<Void> closed = file.close();
        return lines > 0 ? closed : closed.eventually(() -> vertx.fileSystem().delete(path.toString()));
    }
}
