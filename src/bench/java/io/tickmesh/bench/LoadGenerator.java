package io.tickmesh.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All clients of a round on one thread: it reads as soon as something is there, counts, and never asks for less. */
final class LoadGenerator implements AutoCloseable {
    private static final int SHARED_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 1 << 14;
    private static final long ASK_SECONDS = 30;

    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(SHARED_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally();
    private final List<SelectionKey> toStop = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "clients");
    private volatile @Nullable RuntimeException failure;
    private volatile boolean ending;

    LoadGenerator() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new BenchFailure("no selector", e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Connects a client for each of the choices. */
    void open(InetSocketAddress server, Door door, List<List<String>> choices) {
        open(server, door, choices, 0);
    }

    /**
     * The same with sockets of which the first can be had to read no more.
     *
     * @param stoppable so many, whose sockets take little while nobody reads
     */
    void open(InetSocketAddress server, Door door, List<List<String>> choices, int stoppable) {
        ask(() -> {
            for (List<String> choice : choices) {
                SelectionKey key = connect(server, door, door.subscribe(choice), toStop.size() < stoppable);
                if (toStop.size() < stoppable) {
                    toStop.add(key);
                }
            }
            return choices.size();
        });
    }

    /** From now on the stoppable ones read nothing, or again. */
    void stop(boolean on) {
        ask(() -> {
            toStop.forEach(key -> key.interestOps(on ? 0 : SelectionKey.OP_READ));
            return on;
        });
    }

    private SelectionKey connect(InetSocketAddress server, Door door, String subscribe, boolean small) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (small) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BYTES);
            }
            ClientLink link = new ClientLink(channel, door, subscribe, tally);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, link);
            if (channel.connect(server)) {
                connected(key, link);
            }
            return key;
        } catch (IOException e) {
            throw new BenchFailure("a client could not connect to " + server, e);
        }
    }

    /** What has been received so far. */
    Tally tally() {
        return ask(tally::copy);
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        try {
            return answer.get(ASK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            RuntimeException cause = failure;
            throw cause != null ? cause : new BenchFailure("the clients do not answer", e);
        }
    }

    private void run() {
        try {
            while (!ending) {
                selector.select(this::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            failure = new BenchFailure("the clients broke", e);
        } catch (RuntimeException e) {
            failure = e;
        }
        closeAll();
    }

    private void ready(SelectionKey key) {
        ClientLink link = (ClientLink) key.attachment();
        try {
            if (key.isConnectable()) {
                connected(key, link);
            } else if (!link.readable(shared)) {
                tally.lostClients++;
                link.close();
            }
        } catch (IOException e) {
            throw new BenchFailure("a client's connection broke", e);
        }
    }

    private static void connected(SelectionKey key, ClientLink link) throws IOException {
        link.connected();
        key.interestOps(SelectionKey.OP_READ);
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                ((ClientLink) key.attachment()).close();
            }
            selector.close();
        } catch (IOException e) {
            failure = new BenchFailure("a client could not be closed", e);
        }
    }

    @Override
    public void close() {
        ending = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ASK_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
