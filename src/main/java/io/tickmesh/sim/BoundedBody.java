package io.tickmesh.sim;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of a request, which whoever can reach a simulator may send, so it has a limit. */
final class BoundedBody {
    static final int MOST = 4 << 20;

    /** The body was longer; what is left of it is read and thrown away. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("a body of over " + MOST + " bytes", null, false, false);
        }
    }

    private final Buffer read = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private BoundedBody() {}

    /** Must be called in the turn that brought the request; fails with {@link TooLarge} as soon as that is sure. */
    static Future<Buffer> of(HttpServerRequest request) {
        BoundedBody body = new BoundedBody();
        request.handler(body::onBytes)
                .exceptionHandler(body.whole::tryFail)
                .endHandler(end -> body.whole.tryComplete(body.read));
        return body.whole.future();
    }

    private void onBytes(Buffer bytes) {
        if (read.length() + bytes.length() > MOST) {
            whole.tryFail(new TooLarge());
        } else if (!whole.future().isComplete()) {
            read.appendBuffer(bytes);
        }
    }
}
