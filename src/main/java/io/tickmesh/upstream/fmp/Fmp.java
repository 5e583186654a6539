package io.tickmesh.upstream.fmp;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.Registration;
import io.tickmesh.upstream.SessionRules;
import java.util.List;
import java.util.Map;

/** Financial Modeling Prep, generation A: one ticker carries the trades and the quotes of an instrument. */
public final class Fmp implements Provider {
    static final String NAME = "fmp";

    private static final String API_KEY = "api_key";
    private static final int CODES_PER_FRAME = 100;

    /** Two below the ten that a connection is assumed to be allowed. */
    private static final int CONTROL_FRAMES_PER_SECOND = 8;

    private static final SessionRules RULES =
            new SessionRules(CODES_PER_FRAME, CONTROL_FRAMES_PER_SECOND, 0, true, null, true, false, null, null);

    private final FmpSymbology symbology = new FmpSymbology();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean configured(Map<String, Secret> credentials) {
        return credentials.containsKey(API_KEY);
    }

    @Override
    public String notConfigured() {
        return "FMP API Key not configured";
    }

    @Override
    public SessionRules rules() {
        return RULES;
    }

    @Override
    public FeedProtocol protocol(Access access, LinkPlan link) {
        return new FmpProtocol(access.credential(API_KEY));
    }

    @Override
    public List<Registration> registrations(Topic topic) {
        symbology.requireOffered(topic);
        return List.of(new Registration(topic.instrument().symbol()));
    }

    @Override
    public String keyOf(Topic topic) {
        return topic.instrument().symbol();
    }
}
