package io.tickmesh.upstream.kis;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.TokenRecipe;
import java.time.Duration;

/**
 * The key of the WebSocket. It is good for 24 hours and says so nowhere; it is looked at only when a registration is
 * made, so a session outlives it and a reconnect does not.
 */
final class KisApprovalKey implements TokenRecipe {
    static final String NAME = "approval";

    private static final Duration LIFE = Duration.ofHours(12);

    /** One each second is allowed. */
    private static final Duration PAUSE = Duration.ofMillis(1_500);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean forSessions() {
        return true;
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    /** The secret is called {@code secretkey} here and nowhere else. */
    @Override
    public RestCall call(FeedConfig feed) {
        return KisCalls.token("/oauth2/Approval", "secretkey", feed);
    }

    @Override
    public Answer read(int status, byte[] body, long nowMillis) {
        KisTokenAnswer answer = new KisTokenAnswer(status, body);
        return answer.isSuccess() && !answer.approvalKey().isBlank()
                ? new Answer.Issued(new Secret(answer.approvalKey()), nowMillis + LIFE.toMillis())
                : answer.refusal();
    }
}
