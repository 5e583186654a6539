package io.tickmesh.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The baseline: what a developer who knows Vert.x writes in an hour. As many event loops as a node has, the event bus
 * between the provider and the clients, the text of a tick made once, one {@code writeTextMessage} per client.
 */
public final class PlainServer {
    /** A boolean: whether anybody is there. */
    static final String WANTED = "wanted";

    private PlainServer() {}

    static String ticksOf(String symbol) {
        return "ticks." + symbol;
    }

    /** Arguments: URL of the provider's socket, key, symbols separated by commas. */
    public static void main(String[] args) {
        List<String> symbols = List.of(args[2].split(",", -1));
        AtomicLong ticks = new AtomicLong();
        AtomicInteger clients = new AtomicInteger();
        List<PlainClients> instances = new CopyOnWriteArrayList<>();
        DeploymentOptions perLoop =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(new PlainUpstream(args[0], args[1], symbols, ticks))
                .compose(done -> vertx.deployVerticle(
                        () -> {
                            PlainClients instance = new PlainClients(symbols, ticks, clients);
                            instances.add(instance);
                            return instance;
                        },
                        perLoop))
                .onSuccess(done -> out().println("plain server on http://127.0.0.1:"
                        + instances.get(0).port() + "/"))
                .onFailure(PlainServer::fail);
    }

    static void fail(Throwable cause) {
        System.err.println("plain server: " + cause);
        Runtime.getRuntime().halt(1);
    }

    @SuppressWarnings("SystemOut") // what it prints is read by the benchmark
    private static PrintStream out() {
        return System.out;
    }
}
