package io.tickmesh.upstream.upbit;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.CatalogueLanguage;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.Registration;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.RestReply;
import io.tickmesh.upstream.SessionRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Upbit, whose public data needs no account. With the keys of one there is a further connection for its orders and
 * balances.
 */
public final class Upbit implements Provider {
    static final String NAME = "upbit";

    private static final String ACCESS_KEY = "access_key";
    private static final String SECRET_KEY = "secret_key";

    /** Each request repeats everything, so parts would only cost messages; no limit is published. */
    private static final int CODES_PER_FRAME = 1_000;

    /** One below the five, and ten below the hundred, that a connection is allowed. */
    private static final int FRAMES_PER_SECOND = 4;

    private static final int FRAMES_PER_MINUTE = 90;

    /** A complaint takes no longer; without one a request counts as carried out. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    /** Before Upbit itself ends a silent connection, at 120 s. */
    private static final Duration WATCHDOG = Duration.ofSeconds(90);

    private static final SessionRules RULES = new SessionRules(
            CODES_PER_FRAME, FRAMES_PER_SECOND, FRAMES_PER_MINUTE, false, ANSWER_WITHIN, true, true, WATCHDOG, null);

    private static final int PRIVATE_SLOTS = 1;
    private static final String PRIVATE_PATH = "/private";

    private final UpbitSymbology symbology = new UpbitSymbology();
    private final UpbitRest rest = new UpbitRest();
    private final UpbitCatalogue catalogue = new UpbitCatalogue();
    private final int connections;

    /** Upbit with so many public connections per feed. */
    public Upbit(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1: " + connections);
        }
        this.connections = connections;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Both keys or none. */
    @Override
    public boolean configured(Map<String, Secret> credentials) {
        return credentials.containsKey(ACCESS_KEY) == credentials.containsKey(SECRET_KEY);
    }

    @Override
    public String notConfigured() {
        return "Upbit needs access_key and secret_key, or neither for public data only";
    }

    @Override
    public SessionRules rules() {
        return RULES;
    }

    @Override
    public List<LinkPlan> links(FeedConfig feed) {
        List<LinkPlan> links = new ArrayList<>();
        for (int i = 1; i <= connections; i++) {
            String name = i == 1 ? feed.id() : feed.id() + '#' + i;
            links.add(new LinkPlan(name, feed.url(), feed.maxSubscriptions(), LinkPlan.Carries.PUBLIC));
        }
        if (feed.credentials().containsKey(ACCESS_KEY)) {
            String url = feed.url().endsWith("/")
                    ? feed.url().substring(0, feed.url().length() - 1)
                    : feed.url();
            links.add(
                    new LinkPlan(feed.id() + "#private", url + PRIVATE_PATH, PRIVATE_SLOTS, LinkPlan.Carries.PRIVATE));
        }
        return List.copyOf(links);
    }

    @Override
    public Map<String, String> handshake(Access access, LinkPlan link) {
        if (!isPrivate(link)) {
            return Map.of();
        }
        Secret token = UpbitToken.of(
                access.credential(ACCESS_KEY),
                access.credential(SECRET_KEY),
                UUID.randomUUID().toString());
        return Map.of("Authorization", "Bearer " + token.reveal());
    }

    @Override
    public Duration pauseAfter(RestReply answer) {
        return UpbitLimits.pause(answer);
    }

    private static boolean isPrivate(LinkPlan link) {
        return link.carries() == LinkPlan.Carries.PRIVATE;
    }

    @Override
    public FeedProtocol protocol(Access access, LinkPlan link) {
        return new UpbitProtocol(UUID.randomUUID().toString(), isPrivate(link));
    }

    @Override
    public List<Registration> registrations(Topic topic) {
        symbology.requireOffered(topic);
        String symbol = topic.instrument().symbol();
        return switch (topic.kind()) {
            case NOTICE -> List.of(new Registration(UpbitCode.PRIVATE, symbol));
            case BOOK, QUOTE ->
                UpbitSymbology.DEPTHS.stream()
                        .filter(depth -> depth >= UpbitSymbology.depthOf(topic))
                        .map(depth -> registration(UpbitCode.ofBook(depth, keyOf(topic))))
                        .toList();
            case CANDLE -> List.of(registration(new UpbitCode("candle." + topic.param(), symbol)));
            default -> List.of(registration(new UpbitCode(topic.kind().word(), symbol)));
        };
    }

    private static Registration registration(UpbitCode code) {
        return new Registration(code.toString());
    }

    @Override
    public String keyOf(Topic topic) {
        return UpbitSymbology.keyOf(topic);
    }

    @Override
    public RestLanguage rest() {
        return rest;
    }

    @Override
    public CatalogueLanguage catalogue() {
        return catalogue;
    }
}
