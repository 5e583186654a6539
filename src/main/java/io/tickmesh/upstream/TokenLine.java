package io.tickmesh.upstream;

import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Printable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One token of an account and the pauses between the requests for it. */
final class TokenLine {
    private static final long LONGEST_LEAD_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /** A token that goes stale so soon after it replaced a stale one is no accident. */
    private static final long PROBATION_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final int LONGEST_REFUSED_PAUSE = 6;
    private static final int MOST_DOUBLINGS = 20;

    private final TokenRecipe recipe;
    private final UpstreamConfig timing;
    private @Nullable Secret token;
    private long goodUntil;
    private long life;
    private boolean replacing;
    private boolean asking;
    private boolean pausing;
    private long pauseEnd;
    private int laters;
    private int refusals;
    private long changedAt = Long.MIN_VALUE;
    private long askAt;
    private String trouble = "";

    TokenLine(TokenRecipe recipe, UpstreamConfig timing) {
        this.recipe = recipe;
        this.timing = timing;
    }

    TokenRecipe recipe() {
        return recipe;
    }

    boolean asking() {
        return asking;
    }

    String trouble() {
        return trouble;
    }

    @Nullable
    Secret usable(long wallMillis) {
        return token != null && wallMillis < goodUntil ? token : null;
    }

    long nanosToAsk(long now, long wallMillis) {
        if (asking) {
            return Long.MAX_VALUE;
        }
        long lead = Math.min(LONGEST_LEAD_MILLIS, life / 10);
        long toNeed = token == null ? 0 : TimeUnit.MILLISECONDS.toNanos(goodUntil - lead - wallMillis);
        return pausing ? Math.max(toNeed, pauseEnd - now) : toNeed;
    }

    void onAsked(long now, long wallMillis) {
        asking = true;
        pause(recipe.pause().toNanos(), now, wallMillis);
    }

    void onAnswer(TokenRecipe.Answer answer, long now, long wallMillis) {
        asking = false;
        long shortest = recipe.pause().toNanos();
        if (answer instanceof TokenRecipe.Answer.Issued issued && issued.goodUntil() > wallMillis) {
            token = issued.token();
            goodUntil = issued.goodUntil();
            life = goodUntil - wallMillis;
            laters = 0;
            refusals = 0;
            trouble = "";
            pause(shortest, now, wallMillis);
        } else if (answer instanceof TokenRecipe.Answer.Refused refused) {
            long longPause = refusedPause();
            refusals++;
            trouble = "refused: " + Printable.of(refused.text());
            pause(Math.max(shortest, longPause), now, wallMillis);
        } else {
            trouble = answer instanceof TokenRecipe.Answer.Later later
                    ? Printable.of(later.text())
                    : "the provider issued one that has expired already";
            long first = timing.backoffFirst().toNanos();
            long doubled = laters < MOST_DOUBLINGS
                    ? first << laters++
                    : timing.backoffMost().toNanos();
            pause(Math.max(shortest, Math.min(timing.backoffMost().toNanos(), doubled)), now, wallMillis);
        }
    }

    private long refusedPause() {
        long pause = timing.refusedPause().toNanos();
        return Math.min(pause * LONGEST_REFUSED_PAUSE, pause << Math.min(refusals, LONGEST_REFUSED_PAUSE));
    }

    boolean onStale(Secret used, long now, long wallMillis) {
        if (!used.equals(token)) {
            return true;
        }
        boolean again = replacing && wallMillis - (goodUntil - life) < PROBATION_MILLIS;
        token = null;
        replacing = true;
        changedAt = Math.max(changedAt + 1, wallMillis);
        if (again) {
            long longPause = refusedPause();
            refusals++;
            trouble = "the provider does not know the tokens that it issues";
            pause(longPause, now, wallMillis);
        }
        return !again;
    }

    private void pause(long nanos, long now, long wallMillis) {
        pausing = true;
        pauseEnd = now + nanos;
        changedAt = Math.max(changedAt + 1, wallMillis);
        askAt = wallMillis + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    TokenRecord toRecord() {
        return new TokenRecord(recipe.name(), token, goodUntil, life, changedAt, askAt, replacing);
    }

    /** What another owner did later counts; a pause that another clock made long is bounded. */
    void inherit(TokenRecord theirs, long now, long wallMillis) {
        if (theirs.changedAt() <= changedAt) {
            return;
        }
        token = theirs.token();
        goodUntil = theirs.goodUntil();
        life = theirs.life();
        replacing = theirs.replacing();
        changedAt = theirs.changedAt();
        askAt = theirs.askAt();
        long longest = Math.max(recipe.pause().toNanos(), timing.refusedPause().toNanos() * LONGEST_REFUSED_PAUSE);
        long left = Math.max(0, Math.min(longest, TimeUnit.MILLISECONDS.toNanos(askAt - wallMillis)));
        if (!pausing || now + left - pauseEnd > 0) {
            pausing = true;
            pauseEnd = now + left;
        }
    }
}
