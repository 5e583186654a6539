package io.tickmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer as they come. Lines that came before the connection broke are read before the break is told; the
 * JDK's own stream of a body loses them.
 */
final class HttpLines implements Flow.Subscriber<String>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
    private final HttpResponse<HttpLines> response;
    private Flow.@Nullable Subscription subscription;
    private @Nullable String line;

    /** Sends a request, and waits for the head of the answer. */
    HttpLines(HttpClient client, HttpRequest request) {
        try {
            response = client.send(request, head -> new Body(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<?> response() {
        return response;
    }

    /** The next line; null at the end. */
    @Nullable
    String next() {
        try {
            Runnable next = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + PATIENCE);
            }
            next.run();
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription value) {
        subscription = value;
        value.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String text) {
        arrived.add(() -> line = text);
    }

    @Override
    public void onError(Throwable cause) {
        arrived.add(() -> {
            throw new UncheckedIOException(new IOException("the connection broke", cause));
        });
    }

    @Override
    public void onComplete() {
        arrived.add(() -> line = null);
    }

    @Override
    public void close() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    /** Counts as complete at once: its lines come later. */
    private record Body(HttpLines lines, BodySubscriber<Void> inner) implements BodySubscriber<HttpLines> {
        Body(HttpLines lines) {
            this(lines, BodySubscribers.fromLineSubscriber(lines, nothing -> null, StandardCharsets.UTF_8, null));
        }

        @Override
        public CompletionStage<HttpLines> getBody() {
            return CompletableFuture.completedStage(lines);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            inner.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            inner.onNext(item);
        }

        @Override
        public void onError(Throwable cause) {
            inner.onError(cause);
        }

        @Override
        public void onComplete() {
            inner.onComplete();
        }
    }
}
