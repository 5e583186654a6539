package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of one account on this node. They are asked for when something needs them first, only while this node may
 * act for the pool, and outlive its leases: with the account goes what was issued, not with the epoch.
 */
final class AccountPass implements Pass, Tokens.Issuer {
    private static final Logger LOG = LoggerFactory.getLogger(AccountPass.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final long IDLE_MILLIS = 500;
    private static final String REFUSED = ": refused: ";

    private static final class Waiter {
        private final List<String> names;
        private final boolean patient;
        private final Taker then;
        private boolean asked;

        Waiter(List<String> names, boolean patient, Taker then) {
            this.names = names;
            this.patient = patient;
            this.then = then;
        }
    }

    private final Vertx vertx;
    private final FeedConfig feed;
    private final BooleanSupplier mayAct;
    private final Tokens tokens;
    private final RestClient client;
    private final @Nullable TokenFile file;
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean begun;
    private boolean loaded;
    private boolean armed;
    private long stored;
    private long sealedVersion = -1;
    private String sealed = "";

    /**
     * The pass of a feed.
     *
     * @param directory where tokens are kept over restarts; null to keep none
     */
    AccountPass(
            Vertx vertx,
            FeedConfig feed,
            List<TokenRecipe> recipes,
            UpstreamConfig timing,
            @Nullable Path directory,
            BooleanSupplier mayAct) {
        this.vertx = vertx;
        this.feed = feed;
        this.mayAct = mayAct;
        this.tokens = new Tokens(feed, recipes, timing, this);
        this.client = new RestClient(vertx, feed, timing);
        this.file = directory == null ? null : new TokenFile(vertx, directory, feed.id());
    }

    /** For REST, which has nothing better to do than to wait until the provider may be asked. */
    @Override
    public void whenReady(List<String> names, Consumer<@Nullable Refusal> then) {
        await(new Waiter(names, true, (refusal, now) -> then.accept(refusal)), System.nanoTime());
    }

    @Override
    public void provide(List<String> names, long now, Taker taker) {
        await(new Waiter(names, false, taker), now);
    }

    private void await(Waiter waiter, long now) {
        if (tokens.ready(waiter.names, System.currentTimeMillis())) {
            waiter.then.onTokens(null, now);
            return;
        }
        waiters.add(waiter);
        begin();
    }

    private void begin() {
        if (begun) {
            turn();
            return;
        }
        begun = true;
        if (file == null) {
            loaded = true;
            turn();
            return;
        }
        file.read().onComplete(done -> {
            loaded = true;
            String kept = done.succeeded() ? done.result() : "";
            if (done.failed()) {
                warn("kept tokens cannot be read", done.cause());
            } else if (!kept.isEmpty() && !inherit(kept)) {
                LOG.atWarn().addKeyValue("feed", feed.id()).log("kept tokens are not of this account, passed over");
            }
            turn();
        });
    }

    /** Takes what another owner, or this one before a restart, knew; false if that is not of this account. */
    boolean inherit(String sealed) {
        return tokens.inherit(sealed, System.nanoTime(), System.currentTimeMillis());
    }

    private void turn() {
        if (!loaded) {
            return;
        }
        if (mayAct.getAsBoolean()) {
            tokens.wake(System.nanoTime(), System.currentTimeMillis());
            store();
        }
        settle();
        arm();
    }

    private void arm() {
        if (armed) {
            return;
        }
        long wait = tokens.nanosToWake(System.nanoTime(), System.currentTimeMillis()) / NANOS_PER_MILLI + 1;
        if (!mayAct.getAsBoolean()) {
            wait = IDLE_MILLIS;
        }
        armed = true;
        vertx.setTimer(Math.max(1, Math.min(wait, LONGEST_WAIT_MILLIS)), fired -> {
            armed = false;
            turn();
        });
    }

    private void settle() {
        long now = System.nanoTime();
        long wall = System.currentTimeMillis();
        for (Waiter waiter : List.copyOf(waiters)) {
            if (!waiters.contains(waiter)) {
                continue; // it was served while another was
            }
            if (tokens.ready(waiter.names, wall)) {
                waiters.remove(waiter);
                waiter.then.onTokens(null, now);
            } else if (tokens.asking(waiter.names)) {
                waiter.asked = true;
            } else {
                refuse(waiter, now, wall);
            }
        }
    }

    /** An old refusal is none for who may ask anew. */
    private void refuse(Waiter waiter, long now, long wall) {
        String trouble = tokens.trouble(waiter.names);
        long wait = tokens.nanosToAsk(waiter.names, now, wall);
        if (wait <= 0 || (trouble.isEmpty() && waiter.patient)) {
            return;
        }
        LoginRefusal kind = trouble.contains(REFUSED) ? LoginRefusal.NOT_ALLOWED : LoginRefusal.TEMPORARY;
        String text = trouble.isEmpty() ? "the provider was asked for one a moment ago" : trouble;
        waiters.remove(waiter);
        waiter.then.onTokens(new Refusal(kind, text, waiter.asked, wait), now);
    }

    @Override
    public void issue(TokenRecipe recipe, RestCall call) {
        client.call(call).onComplete(done -> {
            long now = System.nanoTime();
            long wall = System.currentTimeMillis();
            if (done.succeeded()) {
                tokens.onReply(recipe.name(), done.result(), now, wall);
            } else {
                tokens.onNoReply(recipe.name(), String.valueOf(done.cause().getMessage()), now, wall);
            }
            turn();
        });
    }

    private void store() {
        if (file != null && tokens.version() != stored) {
            stored = tokens.version();
            file.write(tokens.sealed()).onFailure(failure -> warn("tokens cannot be kept", failure));
        }
    }

    private void warn(String what, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("feed", feed.id())
                .addKeyValue("error", failure.getMessage())
                .log(what);
    }

    @Override
    public Access access() {
        return new Access(feed, tokens.current(System.currentTimeMillis()));
    }

    @Override
    public void stale(List<String> names) {
        long wall = System.currentTimeMillis();
        for (String name : names) {
            @Nullable Secret used = tokens.current(wall).get(name);
            if (used != null) {
                tokens.stale(name, used, System.nanoTime(), wall);
            }
        }
        turn();
    }

    @Override
    public String sealed() {
        if (begun && sealedVersion != tokens.version()) {
            sealedVersion = tokens.version();
            sealed = tokens.sealed();
        }
        return sealed;
    }

    @Override
    public String masked(String text) {
        String masked = text;
        for (Secret token : tokens.current(System.currentTimeMillis()).values()) {
            masked = masked.replace(token.reveal(), token.toString());
        }
        return masked;
    }

    void close() {
        client.close();
        waiters.clear();
    }
}
