package io.tickmesh;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Many {@link SeamClient}s on one event loop. */
final class SeamCrowd implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    /** Small, so that who does not read for a while is a slow client soon. */
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REST_MILLIS = 3_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final SeamTally tally = new SeamTally();
    private final List<SeamClient> clients = new ArrayList<>();

    /** So many clients, and so many topics that they hold together at most. */
    SeamCrowd(int count, int memberships, long seed, List<String> topics, Supplier<List<URI>> doors) {
        WebSocketClient sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(2 * count)
                .setConnectTimeout(CONNECT_MILLIS)
                .setReceiveBufferSize(RECEIVE_BUFFER)
                .setMaxFrameSize(LARGEST_MESSAGE)
                .setMaxMessageSize(LARGEST_MESSAGE));
        SeamClient.Surroundings around = new SeamClient.Surroundings(vertx, sockets, doors, topics, REST_MILLIS, tally);
        Random random = new Random(seed);
        int most = Math.max(1, 2 * memberships / count);
        for (int i = 0; i < count; i++) {
            clients.add(new SeamClient(i, seed, 1 + random.nextInt(most), around));
        }
    }

    void start() {
        loop.runOnContext(none -> clients.forEach(SeamClient::start));
    }

    /** From now on all only listen. */
    void calm() {
        loop.runOnContext(none -> clients.forEach(SeamClient::calm));
    }

    /** What has had no tick since, and the requests without an answer; empty if all is well. */
    List<String> silentSince(long nanos) {
        return onLoop(() -> clients.stream()
                .flatMap(each -> each.silentSince(nanos).stream())
                .toList());
    }

    /** How many topics they hold, each counted for each that holds it. */
    int memberships() {
        return onLoop(() -> clients.stream().mapToInt(SeamClient::holds).sum());
    }

    private <T> T onLoop(Supplier<T> question) {
        Promise<T> answer = Promise.promise();
        loop.runOnContext(none -> answer.complete(question.get()));
        return answer.future().toCompletionStage().toCompletableFuture().join();
    }

    SeamTally tally() {
        return tally;
    }

    @Override
    public void close() {
        loop.runOnContext(none -> clients.forEach(SeamClient::end));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
