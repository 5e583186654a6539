package io.tickmesh.upstream.kis;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.Registration;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.SessionRules;
import io.tickmesh.upstream.TokenRecipe;
import io.tickmesh.upstream.TradingHours;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Korea Investment &amp; Securities: one session for each app key, with few registrations, for everything. */
public final class Kis implements Provider {
    static final String NAME = "kis";
    static final String APP_KEY = "app_key";
    static final String APP_SECRET = "app_secret";
    static final String HTS_ID = "hts_id";

    private static final int CONTROL_FRAMES_PER_SECOND = 10;

    /** KIS's own life sign comes when nothing else does; sessions were cut after 10 to 100 s without an answer to it. */
    private static final Duration WATCHDOG = Duration.ofSeconds(100);

    /** Who comes back sooner after "already in use" may be taken for one who connects in a loop, and blocked. */
    private static final Duration IN_USE_PAUSE = Duration.ofSeconds(30);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /** Its server cuts clients that ping. */
    private static final SessionRules RULES = new SessionRules(
            1, CONTROL_FRAMES_PER_SECOND, 0, true, ANSWER_WITHIN, false, false, WATCHDOG, IN_USE_PAUSE);

    private final KisSymbology symbology = new KisSymbology();
    private final TradingHours hours;

    public Kis(KisHours hours) {
        this.hours = hours;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean configured(Map<String, Secret> credentials) {
        return credentials.containsKey(APP_KEY) && credentials.containsKey(APP_SECRET);
    }

    @Override
    public String notConfigured() {
        return "KIS app key and app secret not configured";
    }

    @Override
    public SessionRules rules() {
        return RULES;
    }

    /** Without the name of the account at KIS there are no notices. */
    @Override
    public List<LinkPlan> links(FeedConfig feed) {
        LinkPlan.Carries carries =
                feed.credentials().containsKey(HTS_ID) ? LinkPlan.Carries.BOTH : LinkPlan.Carries.PUBLIC;
        return List.of(new LinkPlan(feed.id(), feed.url(), feed.maxSubscriptions(), carries));
    }

    @Override
    public List<TokenRecipe> tokens() {
        return List.of(new KisApprovalKey(), new KisAccessToken());
    }

    @Override
    public FeedProtocol protocol(Access access, LinkPlan link) {
        return new KisProtocol(
                access.token(KisApprovalKey.NAME),
                access.feed().credentials().get(HTS_ID),
                KisServers.isPaper(link.url()));
    }

    @Override
    public List<Registration> registrations(Topic topic) {
        symbology.requireOffered(topic);
        String symbol = topic.instrument().symbol();
        return switch (topic.kind()) {
            case NOTICE -> List.of(new Registration(KisProtocol.NOTICES, symbol));
            case TRADE, TICKER -> List.of(trade(topic));
            case EXPECTED -> List.of(domestic(topic, "ANC0"), book(topic));
            case STATUS -> List.of(domestic(topic, "MKO0"));
            case QUOTE, BOOK -> List.of(book(topic));
            case CANDLE -> throw new IllegalArgumentException("kis has no candles");
        };
    }

    private static Registration trade(Topic topic) {
        return KisMarket.of(topic.instrument().symbol()) == null ? domestic(topic, "CNT0") : of("HDFSCNT0", topic);
    }

    /** The free books of Asian markets have a channel of their own. */
    private static Registration book(Topic topic) {
        @Nullable KisMarket market = KisMarket.of(topic.instrument().symbol());
        if (market == null) {
            return domestic(topic, "ASP0");
        }
        return of(market.isAsian() && topic.venue().isEmpty() ? "HDFSASP1" : "HDFSASP0", topic);
    }

    private static Registration domestic(Topic topic, String letters) {
        return of(KisChannel.trId(KisKeys.venue(topic), letters), topic);
    }

    private static Registration of(String trId, Topic topic) {
        return new Registration(KisProtocol.code(trId, KisKeys.trKey(topic)));
    }

    @Override
    public String keyOf(Topic topic) {
        return KisKeys.keyOf(topic);
    }

    @Override
    public RestLanguage rest() {
        return new KisRest();
    }

    @Override
    public TradingHours hours() {
        return hours;
    }
}
