package io.tickmesh;

import io.tickmesh.CommandLine.Outcome;
import io.tickmesh.config.Check;
import io.tickmesh.config.ConfigLoader;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Inputs;
import io.tickmesh.config.Loaded;
import io.tickmesh.config.LogConfig;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.config.SimConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The command line's way into a node, the simulators or a check of the configuration. */
public final class Main {
    /** A node that leaves has this long; then the process ends anyway. */
    private static final long LEAVE_SECONDS = 20;

    /** Set by bin/tickmesh for a start that only shows which classes a start loads. */
    private static final String REHEARSAL = "tickmesh.rehearsal";

    private Main() {}

    /** Runs a command; the process lives on while a node or the simulators do. */
    public static void main(String[] args) {
        Outcome outcome = CommandLine.parse(args);
        if (outcome instanceof Outcome.Wrong wrong) {
            fail(wrong.text());
        } else if (outcome instanceof Outcome.Understood understood) {
            run(understood.commandLine());
        }
    }

    private static void run(CommandLine line) {
        switch (line.command()) {
            case HELP -> out().print(CommandLine.HELP);
            case VERSION -> out().println(CommandLine.version());
            case CHECK -> System.exit(check(inputs(line)));
            case SIM -> simulate(configOrExit(line));
            case START -> serve(configOrExit(line));
            case RECORD -> record(configOrExit(line), line.recording());
        }
    }

    /** The file of holidays is read by those who know what markets are. */
    private static int check(Inputs inputs) {
        if (ConfigLoader.load(inputs) instanceof Loaded.Accepted accepted) {
            try {
                Calendar.of(accepted.config());
            } catch (IllegalArgumentException wrongFile) {
                err().println("error: upstream.holidays: " + wrongFile.getMessage());
                return 1;
            }
        }
        return Check.run(inputs, out(), err());
    }

    private static Inputs inputs(CommandLine line) {
        return line.inputs(System.getenv(), Path.of(""), ProcessHandle.current().pid());
    }

    private static NodeConfig configOrExit(CommandLine line) {
        Loaded loaded = ConfigLoader.load(inputs(line));
        Check.print("warning", loaded.warnings(), err());
        if (loaded instanceof Loaded.Accepted accepted) {
            setUpLog(accepted.config().log());
            return accepted.config();
        }
        if (loaded instanceof Loaded.Refused refused) {
            Check.print("error", refused.problems(), err());
        }
        System.exit(1);
        throw new IllegalStateException("exited");
    }

    /** Before the first logger is used. */
    private static void setUpLog(LogConfig log) {
        System.setProperty("tickmesh.log.format", log.format().name().toLowerCase(Locale.ROOT));
        System.setProperty("tickmesh.log.level", log.level().name().toLowerCase(Locale.ROOT));
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }

    private static void serve(NodeConfig config) {
        Node.start(config)
                .onSuccess(node -> {
                    leaveOnSignal(node::stop);
                    node.drained().onComplete(left -> new Thread(() -> System.exit(0), "drained").start());
                    out().println(greeting(config, node));
                    if (Boolean.getBoolean(REHEARSAL)) {
                        new Thread(() -> System.exit(0), "rehearsed").start();
                    }
                })
                .onFailure(cause -> failAndExit(StartFailure.text(cause)));
    }

    private static String greeting(NodeConfig config, Node node) {
        StringBuilder text = new StringBuilder(CommandLine.version())
                .append(" serves on http://")
                .append(config.http().host())
                .append(':')
                .append(node.clientPort())
                .append("/ (management http://")
                .append(config.management().host())
                .append(':')
                .append(node.managementPort())
                .append("/)");
        for (FeedConfig feed : config.feeds()) {
            text.append("\n  feed ")
                    .append(feed.id())
                    .append(": ")
                    .append(feed.effectiveMode().name().toLowerCase(Locale.ROOT));
            if (feed.effectiveMode() == FeedConfig.Mode.SIM) {
                text.append(" (simulated, no account needed)");
            }
        }
        return text.toString();
    }

    /** One port for each provider, from the configured one upwards; those whose feeds are all off have nothing to show. */
    private static void simulate(NodeConfig config) {
        Vertx vertx = Vertx.vertx();
        List<Future<String>> started = new ArrayList<>();
        int port = config.sim().port();
        for (String provider : Providers.simulated()) {
            SimConfig sim = config.sim().onPort(port);
            port += port == 0 ? 0 : 1;
            if (isOff(config, provider)) {
                continue;
            }
            Providers.Simulated simulated = Providers.simulated(provider, sim);
            started.add(vertx.deployVerticle(simulated.simulator())
                    .recover(cause -> StartFailure.at(sim.host(), sim.port(), "sim.port", cause))
                    .map(id -> CommandLine.version() + " simulates on "
                            + simulated.simulator().restUrl() + " (" + provider + ": " + simulated.says()
                            + "; control /control)"));
        }
        Future.all(started)
                .onSuccess(all -> {
                    leaveOnSignal(vertx::close);
                    started.forEach(each -> out().println(each.result()));
                })
                .onFailure(cause -> failAndExit(StartFailure.text(cause)));
    }

    private static boolean isOff(NodeConfig config, String provider) {
        return config.feeds().stream()
                .filter(feed -> feed.provider().equals(provider))
                .allMatch(feed -> feed.mode() == FeedConfig.Mode.OFF);
    }

    private static void record(NodeConfig config, @Nullable RecordOrder order) {
        if (order == null) {
            throw new IllegalStateException("nothing to record");
        }
        Recording recording = new Recording(Vertx.vertx(), config, order, text -> err().println("tickmesh: " + text));
        recording
                .run()
                .onSuccess(frames -> {
                    out().println("recorded " + frames + " frames in " + order.file());
                    new Thread(() -> System.exit(0), "recorded").start();
                })
                .onFailure(cause -> failAndExit(StartFailure.text(cause)));
        leaveOnSignal(recording::stop);
    }

    private static void leaveOnSignal(Supplier<Future<?>> leave) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            CountDownLatch left = new CountDownLatch(1);
                            leave.get().onComplete(done -> left.countDown());
                            awaitLeft(left);
                        },
                        "leave"));
    }

    private static void awaitLeft(CountDownLatch left) {
        try {
            if (!left.await(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                err().println("tickmesh: left without waiting any longer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(String text) {
        err().println("tickmesh: " + text);
        System.exit(1);
    }

    /** From an event loop, which must not wait for itself to end. */
    private static void failAndExit(String text) {
        new Thread(() -> fail(text), "fail").start();
    }

    @SuppressWarnings("SystemOut") // what a command prints is its result
    private static PrintStream out() {
        return System.out;
    }

    private static PrintStream err() {
        return System.err;
    }
}
