package io.tickmesh.upstream;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tokens of one account, as its connections need them. */
interface Pass {
    /**
     * Why there are no tokens.
     *
     * @param asked whether the provider was asked since the tokens were wanted
     * @param pause nanoseconds until it may be asked anew
     */
    record Refusal(LoginRefusal kind, String text, boolean asked, long pause) {
        Refusal with(String otherText) {
            return new Refusal(kind, otherText, asked, pause);
        }
    }

    /** Whom a session's tokens are for. */
    interface Taker {
        /** The tokens are there if {@code refusal} is null. */
        void onTokens(@Nullable Refusal refusal, long now);
    }

    /** For providers that issue none. */
    static Pass withoutTokens(Access access) {
        return new Pass() {
            @Override
            public void whenReady(List<String> names, Consumer<@Nullable Refusal> then) {
                then.accept(null);
            }

            @Override
            public void provide(List<String> names, long now, Taker taker) {
                taker.onTokens(null, now);
            }

            @Override
            public Access access() {
                return access;
            }

            @Override
            public void stale(List<String> names) {
                // there is nothing to renew
            }

            @Override
            public String sealed() {
                return "";
            }

            @Override
            public String masked(String text) {
                return text;
            }
        };
    }

    /** Calls back with null when the tokens are there, at once or later, or with the reason why there will be none. */
    void whenReady(List<String> names, Consumer<@Nullable Refusal> then);

    /**
     * As {@link #whenReady}, for a session, which is told at once where the provider must not be asked yet. Times are
     * {@link System#nanoTime}.
     */
    void provide(List<String> names, long now, Taker taker);

    Access access();

    /** The provider does not know these tokens any more. */
    void stale(List<String> names);

    /** What the next owner needs to go on with the same tokens; readable to who has the account's secrets only. */
    String sealed();

    /** The text without any token in it. */
    String masked(String text);
}
