package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.UpstreamConfig;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registrar against a provider that answers, refuses, keeps silent and hangs up at random. */
class RegistrarModelTest implements Registrar.Listener {
    private final Registrar registrar =
            new Registrar(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), new Pacer(8, 0), this);
    private final Set<String> wanted = new TreeSet<>();
    private final Set<String> atProvider = new TreeSet<>();
    private boolean connected;
    private boolean unanswered;
    private ControlOp op = ControlOp.SUBSCRIBE;
    private List<String> codes = List.of();
    private long now;

    @Override
    public void transmit(ControlOp asked, List<String> names) {
        op = asked;
        codes = List.copyOf(names);
        unanswered = true;
    }

    @Override
    public void onConfirmed(String code) {}

    @Override
    public void onRefused(String code, String text) {
        wanted.remove(code);
    }

    @Override
    public void onFull(String code, String text) {
        wanted.remove(code);
    }

    @Override
    public void onGone(String code) {
        assertThat(atProvider).doesNotContain(code);
    }

    @Override
    public void onAckTimeout() {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEndUpWithWhatIsWantedWhateverHappens(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            step(random);
            while (unanswered) {
                answer(random.nextInt(8));
            }
        }
        if (!connected) {
            registrar.onConnected(now);
        }
        for (int i = 0; i < 300; i++) {
            while (unanswered) {
                answer(7);
            }
            pass(SECOND);
        }

        assertThat(atProvider).isEqualTo(wanted);
        assertThat(registrar.registered()).isEqualTo(atProvider.size());
    }

    private void step(Random random) {
        String code = "C" + random.nextInt(12);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                registrar.want(code, now);
                wanted.add(code);
            }
            case 2, 3 -> {
                registrar.release(code, now);
                wanted.remove(code);
            }
            case 4, 5, 6 -> pass(random.nextInt(300) * MILLI);
            default -> turnConnection(random.nextInt(5) == 0);
        }
    }

    private void turnConnection(boolean hangUp) {
        if (!connected) {
            connected = true;
            registrar.onConnected(now);
        } else if (hangUp) {
            connected = false;
            atProvider.clear();
            registrar.onDisconnected(false);
        }
    }

    private void pass(long nanos) {
        now += nanos;
        registrar.wake(now);
    }

    private void answer(int choice) {
        unanswered = false;
        if (choice == 0 && op == ControlOp.SUBSCRIBE) {
            registrar.onRefused(op, "400", now);
            return;
        }
        if (op == ControlOp.SUBSCRIBE) {
            atProvider.addAll(codes);
        } else {
            atProvider.removeAll(codes);
        }
        if (choice == 1) {
            pass(6 * SECOND);
        } else {
            registrar.onAcknowledged(op, now);
        }
    }
}
