package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.redis.RedisServer;
import io.tickmesh.redis.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The leases of a few nodes under random schedules, where the real script votes on a real server, by the clock of the model. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class RedisArbiterModelTest {
    private static final long SEED = Long.getLong("tickmesh.lease.seed", 0);
    private static final int SCHEDULES = Integer.getInteger("tickmesh.arbiter.schedules", 500);
    private static final int ENOUGH_TO_MISS_A_RULE = 3_000;
    private static final Set<LeaseRule> ALL = EnumSet.allOf(LeaseRule.class);

    /** The script with its clock and its run replaced by arguments. */
    private static String script() {
        String script = RedisArbiter.SCRIPT
                .replace("redis.call('TIME')", "{ math.floor(ARGV[7] / 1000), ARGV[7] % 1000 * 1000 }")
                .replace("redis.pcall('INFO', 'server')", "'run_id:' .. ARGV[8]");
        assertThat(script).contains("ARGV[7]").contains("ARGV[8]");
        return script;
    }

    private static final class Votes implements LeaseArbiter.Script {
        private final RespClient redis;
        private final String script;

        Votes(RespClient redis, String script) {
            this.redis = redis;
            this.script = script;
        }

        @Override
        public @Nullable LeaseMessage vote(LeaseMessage message, long wallMillis, int run) {
            RedisArbiter.Question question = RedisArbiter.Question.of(message);
            if (question == null) {
                return null;
            }
            List<Object> words = new ArrayList<>(List.of("EVAL", script, 1, "lease"));
            words.addAll(question.arguments());
            words.add(wallMillis);
            words.add(Integer.toHexString(run));
            try {
                if (redis.call(words.toArray()) instanceof List<?> answer && answer.size() == 2) {
                    return question.answer(
                            Integer.parseInt(String.valueOf(answer.get(0))),
                            Long.parseLong(String.valueOf(answer.get(1))));
                }
                throw new AssertionError("no vote");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void forget() {
            try {
                redis.call("DEL", "lease");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static @Nullable String faultOf(long seed, Set<LeaseRule> rules, Votes votes) {
        try {
            new LeaseModel(seed, LeaseModel.Kind.ARBITER, rules, votes).run();
            return null;
        } catch (LeaseModel.Fault fault) {
            return fault.getMessage();
        }
    }

    @Test
    void shouldHoldInEverySchedule() throws IOException {
        try (RedisServer server = RedisServer.running();
                RespClient redis = new RespClient(server.port())) {
            Votes votes = new Votes(redis, script());
            for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
                String fault = faultOf(seed, ALL, votes);
                if (fault != null) {
                    fail(fault + "; replay with -Dtickmesh.lease.seed=" + seed + " -Dtickmesh.arbiter.schedules=1");
                }
            }
        }
    }

    /** A script that holds nobody's place must be found out. */
    @Test
    void shouldMissTheHold() throws IOException {
        String careless = script().replace("number('held_until') > now", "false");
        try (RedisServer server = RedisServer.running();
                RespClient redis = new RespClient(server.port())) {
            Votes votes = new Votes(redis, careless);
            String fault = null;
            for (long seed = 0; seed < ENOUGH_TO_MISS_A_RULE && fault == null; seed++) {
                fault = faultOf(seed, ALL, votes);
            }
            assertThat(fault).isNotNull();
        }
    }

    /** Nor one that gives its word at once after it has lost what it knew. */
    @Test
    void shouldMissTheSilenceAfterALoss() throws IOException {
        String careless = script().replace("number('listens_until') > now", "false");
        try (RedisServer server = RedisServer.running();
                RespClient redis = new RespClient(server.port())) {
            Votes votes = new Votes(redis, careless);
            String fault = null;
            for (long seed = 0; seed < ENOUGH_TO_MISS_A_RULE && fault == null; seed++) {
                fault = faultOf(seed, ALL, votes);
            }
            assertThat(fault).isNotNull();
        }
    }
}
