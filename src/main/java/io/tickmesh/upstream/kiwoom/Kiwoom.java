package io.tickmesh.upstream.kiwoom;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.KoreanHours;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.Registration;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.SessionRules;
import io.tickmesh.upstream.TokenRecipe;
import io.tickmesh.upstream.TradingHours;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kiwoom's REST API of 2025: one session per application, Korean stocks on KRX and NXT. */
public final class Kiwoom implements Provider {
    static final String NAME = "kiwoom";
    static final String APP_KEY = "app_key";
    static final String APP_SECRET = "app_secret";
    static final String JSON = "application/json;charset=UTF-8";

    /** No limit is known; each has to be answered before the next anyway. */
    private static final int CONTROL_FRAMES_PER_SECOND = 4;

    /** Three times the ten seconds that the provider lets pass between its pings. */
    private static final Duration WATCHDOG = Duration.ofSeconds(30);

    private static final SessionRules RULES =
            new SessionRules(KiwoomGroups.ROOM, CONTROL_FRAMES_PER_SECOND, 0, true, null, false, false, WATCHDOG, null);

    private final KiwoomSymbology symbology = new KiwoomSymbology();
    private final KiwoomHours hours;

    /** Kiwoom where these days are off besides the weekends. */
    public Kiwoom(Set<LocalDate> holidays) {
        this.hours = new KiwoomHours(new KoreanHours(holidays));
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
        return "Kiwoom app key or app secret not configured";
    }

    @Override
    public SessionRules rules() {
        return RULES;
    }

    @Override
    public List<TokenRecipe> tokens() {
        return List.of(new KiwoomToken());
    }

    @Override
    public FeedProtocol protocol(Access access, LinkPlan link) {
        return new KiwoomProtocol(access.token(KiwoomToken.NAME));
    }

    @Override
    public List<Registration> registrations(Topic topic) {
        symbology.requireOffered(topic);
        return switch (topic.kind()) {
            case TRADE, TICKER -> List.of(of("0B", topic));
            case QUOTE -> List.of(of("0C", topic), of("0D", topic));
            case BOOK -> List.of(of("0D", topic));
            case EXPECTED -> List.of(of("0H", topic));
            case STATUS -> List.of(new Registration(statusCode(topic)));
            case NOTICE ->
                List.of(new Registration(KiwoomCode.NOTICE, topic.instrument().symbol()));
            case CANDLE -> throw new IllegalArgumentException("kiwoom has no candles: '" + topic + "'");
        };
    }

    private static Registration of(String type, Topic topic) {
        return new Registration(KiwoomCode.of(type, topic));
    }

    private static String statusCode(Topic topic) {
        boolean market = topic.instrument().symbol().equals(KiwoomSymbology.MARKET);
        return market ? KiwoomCode.SESSION : KiwoomCode.INTERRUPTION;
    }

    @Override
    public String keyOf(Topic topic) {
        return key(topic);
    }

    static String key(Topic topic) {
        String symbol = topic.instrument().symbol();
        return topic.venue().isEmpty() ? symbol : symbol + '@' + topic.venue();
    }

    @Override
    public RestLanguage rest() {
        return new KiwoomRest();
    }

    @Override
    public TradingHours hours() {
        return hours;
    }
}
