package io.tickmesh.upstream;

import java.util.List;

/** The tokens that one connection's sessions need, and what a provider means who does not know them. */
final class SessionTokens {
    private final Pass pass;
    private final List<String> names;
    private boolean fresh;

    SessionTokens(Pass pass, List<String> names) {
        this.pass = pass;
        this.names = names;
    }

    void provide(long now, Pass.Taker taker) {
        pass.provide(names, now, taker);
    }

    /** The provider has carried out what was asked with them. */
    void onUsed() {
        fresh = false;
    }

    /** A token that the provider does not know is replaced once; should it not know the new one either, it means it. */
    LoginRefusal onRefused(LoginRefusal kind) {
        if (kind != LoginRefusal.STALE_TOKEN) {
            return kind;
        }
        LoginRefusal means = fresh ? LoginRefusal.NOT_ALLOWED : LoginRefusal.TEMPORARY;
        fresh = !fresh;
        pass.stale(names);
        return means;
    }
}
