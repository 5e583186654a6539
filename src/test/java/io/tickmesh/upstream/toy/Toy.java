package io.tickmesh.upstream.toy;

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

/** The provider: one key, one registration for each instrument. */
public final class Toy implements Provider {
    static final String NAME = "toy";

    private static final SessionRules RULES = new SessionRules(10, 5, 0, true, null, true, false, null, null);

    private final ToySymbology symbology = new ToySymbology();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean configured(Map<String, Secret> credentials) {
        return credentials.containsKey("key");
    }

    @Override
    public String notConfigured() {
        return "Toy key not configured";
    }

    @Override
    public SessionRules rules() {
        return RULES;
    }

    @Override
    public FeedProtocol protocol(Access access, LinkPlan link) {
        return new ToyProtocol(access.credential("key"));
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
