package io.tickmesh.upstream;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tokens of one account, as its connections need them. */
interface Pass {
    /** For providers that issue none. */
    static Pass withoutTokens(Access access) {
        return new Pass() {
            @Override
            public void whenReady(List<String> names, Consumer<@Nullable String> then) {
                then.accept(null);
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
            public String masked(String text) {
                return text;
            }
        };
    }

    /** Calls back with null when the tokens are there, at once or later, or with the reason why there will be none. */
    void whenReady(List<String> names, Consumer<@Nullable String> then);

    Access access();

    /** The provider does not know these tokens any more. */
    void stale(List<String> names);

    /** The text without any token in it. */
    String masked(String text);
}
