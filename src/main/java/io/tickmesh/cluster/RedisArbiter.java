package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMail;
import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only voter where Redis decides who owns: what a lease says to it becomes a call of one script, what that answers
 * comes back as a voter's message. An answer that does not come is a voter that says nothing.
 */
final class RedisArbiter {
    /** What leases call it; no node has this name. */
    static final String NAME = "redis";

    static final String SCRIPT = script();

    private static final int YES = 1;
    private static final int NO = 0;

    private final RedisLink redis;
    private final Consumer<LeaseMail> answers;

    /** {@code answers} is called on the event loop that asks. */
    RedisArbiter(RedisLink redis, Consumer<LeaseMail> answers) {
        this.redis = redis;
        this.answers = answers;
    }

    private static String script() {
        try (@Nullable InputStream file = RedisArbiter.class.getResourceAsStream("/redis/lease.lua")) {
            if (file == null) {
                throw new IllegalStateException("redis/lease.lua is missing in this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message to a voter, as the script takes it and answers it. */
    record Question(String word, LeaseMessage about, long predecessor, boolean confirmed) {
        /** Null for what no voter is told. */
        static @Nullable Question of(LeaseMessage message) {
            if (message instanceof LeaseMessage.Ask ask) {
                return new Question("ask", ask, ask.predecessor(), false);
            }
            if (message instanceof LeaseMessage.Heartbeat beat) {
                return new Question("beat", beat, beat.predecessor(), beat.confirmed());
            }
            return message instanceof LeaseMessage.Release release
                    ? new Question("release", release, LeaseMessage.NO_EPOCH, false)
                    : null;
        }

        List<Object> arguments() {
            return List.of(word, about.from(), about.epoch(), predecessor, LeaseTimes.HOLD, confirmed ? 1 : 0);
        }

        /** What the voter says; null for nothing, or for what the script never answers. */
        @Nullable
        LeaseMessage answer(long code, long epoch) {
            if (epoch < LeaseMessage.NO_EPOCH || epoch > LeaseMessage.LAST_EPOCH) {
                return null;
            }
            if (about instanceof LeaseMessage.Ask ask) {
                return new LeaseMessage.Word(NAME, ask.pool(), ask.epoch(), code == YES, epoch);
            }
            if (about instanceof LeaseMessage.Heartbeat beat && code == YES) {
                return new LeaseMessage.Acknowledge(NAME, beat.pool(), beat.epoch(), beat.id());
            }
            return about instanceof LeaseMessage.Heartbeat beat && code == NO
                    ? new LeaseMessage.Refuse(NAME, beat.pool(), beat.epoch(), epoch)
                    : null;
        }
    }

    void take(LeaseMail mail) {
        for (LeaseMessage message : mail.messages()) {
            Question question = Question.of(message);
            if (question != null) {
                ask(question);
            }
        }
    }

    private void ask(Question question) {
        Request request = Request.cmd(Command.EVAL)
                .arg(SCRIPT)
                .arg(1)
                .arg(redis.key("lease:" + question.about().pool()));
        question.arguments().forEach(each -> request.arg(each.toString()));
        redis.send(request).onSuccess(response -> {
            LeaseMessage answer = response == null ? null : answer(question, response);
            if (answer != null) {
                answers.accept(new LeaseMail(NAME, List.of(answer)));
            }
        });
    }

    private @Nullable LeaseMessage answer(Question question, Response response) {
        try {
            return question.answer(response.get(0).toLong(), response.get(1).toLong());
        } catch (RuntimeException unreadable) {
            // whoever answers so is no voter
            return null;
        }
    }
}
