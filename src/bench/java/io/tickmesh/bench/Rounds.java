package io.tickmesh.bench;

import io.tickmesh.bench.Subject.Account;
import java.util.List;

/**
 * How a round goes: clients connect and subscribe, ticks flow until the code is warm, the provider falls silent so that
 * both sides can be counted, ticks flow again and are measured, silence, count.
 */
final class Rounds {
    private static final long READY_SECONDS = 30;
    private static final long LEAD_MILLIS = 500;
    private static final long STILL_MILLIS = 400;
    private static final long STILL_SECONDS = 90;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of the nominal rate; a machine too busy for the simulator measures nothing. */
    private static final double LEAST_RATE = 0.9;

    private final Scenario scenario;
    private final Simulator simulator;
    private final int warmup;
    private final int seconds;
    private final List<List<String>> choices;

    Rounds(Scenario scenario, Simulator simulator, int warmup, int seconds) {
        this.scenario = scenario;
        this.simulator = simulator;
        this.warmup = warmup;
        this.seconds = seconds;
        this.choices = scenario.choices();
    }

    Round run(Subject subject) {
        simulator.mute(true);
        try (LoadGenerator clients = new LoadGenerator()) {
            clients.open(subject.address(), subject.door(), choices);
            Pause.until(
                    "every client of " + subject.name() + " has its answer",
                    READY_SECONDS,
                    () -> clients.tally().answers >= scenario.clients());
            simulator.mute(false);
            Pause.millis(warmup * 1_000L);
            Tally stillBefore = silence(clients);
            Account before = subject.account();
            simulator.mute(false);
            long start = System.nanoTime();
            Pause.millis(LEAD_MILLIS);
            Window window = measure(subject, clients);
            double flowed = (System.nanoTime() - start) / NANOS_PER_SECOND;
            Tally whole = silence(clients).since(stillBefore);
            Account after = subject.account();
            requireOffered(subject, (after.ticks() - before.ticks()) / flowed);
            return round(subject, window, whole, before, after);
        }
    }

    private void requireOffered(Subject subject, double rate) {
        if (rate < LEAST_RATE * scenario.ticksPerSecond()) {
            throw new BenchFailure(subject.name() + " was offered only " + Math.round(rate) + " ticks/s");
        }
    }

    private record Window(double seconds, Tally tally, long collections, long residentBytes, Round.Cpu cpu) {}

    private Window measure(Subject subject, LoadGenerator clients) {
        long own = ProcessHandle.current().pid();
        long collections = collections(subject);
        Tally tally = clients.tally();
        long start = System.nanoTime();
        Usage server = usage(subject);
        Usage generator = Usage.of(own);
        Usage provider = simulator.usage();
        Pause.millis(seconds * 1_000L);
        Tally tallyAfter = clients.tally();
        double elapsed = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Usage serverAfter = usage(subject);
        long idle = Math.round(subject.idleCpu() * elapsed);
        Round.Cpu cpu = new Round.Cpu(
                serverAfter.cpuMicros() - server.cpuMicros() - idle,
                serverAfter.kernelMicros() - server.kernelMicros(),
                Usage.of(own).cpuMicros() - generator.cpuMicros(),
                simulator.usage().cpuMicros() - provider.cpuMicros());
        return new Window(
                elapsed, tallyAfter.since(tally), collections(subject) - collections, serverAfter.residentBytes(), cpu);
    }

    private static Usage usage(Subject subject) {
        return subject.processes().stream().map(ServerProcess::usage).reduce(Usage.NONE, Usage::plus);
    }

    private static long collections(Subject subject) {
        return subject.processes().stream()
                .mapToLong(ServerProcess::collections)
                .sum();
    }

    private Round round(Subject subject, Window window, Tally whole, Account before, Account after) {
        if (whole.lostClients > 0) {
            throw new BenchFailure(subject.name() + " lost " + whole.lostClients + " clients");
        }
        double share = (double) window.tally().ticks / whole.ticks;
        return new Round(
                subject.name(),
                window.seconds(),
                window.tally(),
                whole,
                (after.ticks() - before.ticks()) * scenario.holders(),
                after.conflated() - before.conflated(),
                Math.round((after.flushes() - before.flushes()) * share),
                window.collections(),
                window.residentBytes(),
                window.cpu(),
                before.latencies(),
                after.latencies());
    }

    /** Mutes the provider and waits until nothing more arrives. */
    private Tally silence(LoadGenerator clients) {
        simulator.mute(true);
        Tally[] last = {clients.tally()};
        Pause.millis(STILL_MILLIS);
        Pause.until("nothing arrives from a muted provider", STILL_SECONDS, () -> {
            Tally now = clients.tally();
            boolean still = now.ticks == last[0].ticks;
            last[0] = now;
            if (!still) {
                Pause.millis(STILL_MILLIS);
            }
            return still;
        });
        return last[0];
    }
}
