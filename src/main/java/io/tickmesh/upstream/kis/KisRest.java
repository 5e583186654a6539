package io.tickmesh.upstream.kis;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Reading;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.RestReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * KIS's REST, for domestic stocks: the current price for trades and tickers, the asking prices for books and quotes. A
 * call asks for one stock, and serves all topics of it that the same answer tells of. What failed is told by a code in
 * the body, hardly by the status.
 */
final class KisRest implements RestLanguage {
    private static final String PRICE_PATH = "/uapi/domestic-stock/v1/quotations/inquire-price";
    private static final String PRICE_ID = "FHKST01010100";
    private static final String BOOK_PATH = "/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn";
    private static final String BOOK_ID = "FHKST01010200";

    /** Of 18 that are allowed, and of one. */
    private static final double CALLS_PER_SECOND = 15;

    private static final double PAPER_CALLS_PER_SECOND = 0.9;

    /** A ticker and a trade, or a quote and books of any depth. */
    private static final int TOPICS_PER_CALL = 12;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String TOO_FAST = "EGW00201";
    private static final Set<String> STALE_TOKEN = Set.of("EGW00121", "EGW00122", "EGW00123");

    @Override
    public List<String> tokens() {
        return List.of(KisAccessToken.NAME);
    }

    @Override
    public double callsPerSecond(String restUrl) {
        return KisServers.isPaper(restUrl) ? PAPER_CALLS_PER_SECOND : CALLS_PER_SECOND;
    }

    @Override
    public String group(Topic topic) {
        if (KisMarket.of(topic.instrument().symbol()) != null) {
            return "";
        }
        return switch (topic.kind()) {
            case TRADE, TICKER -> "price " + KisKeys.keyOf(topic);
            case QUOTE, BOOK -> "book " + KisKeys.keyOf(topic);
            default -> "";
        };
    }

    @Override
    public int topicsPerCall(String group) {
        return TOPICS_PER_CALL;
    }

    private static boolean isOfBook(Topic topic) {
        return topic.kind() == Kind.QUOTE || topic.kind() == Kind.BOOK;
    }

    @Override
    public RestCall call(List<Topic> topics, Access access) {
        Topic first = topics.get(0);
        boolean book = isOfBook(first);
        String path = (book ? BOOK_PATH : PRICE_PATH)
                + "?FID_COND_MRKT_DIV_CODE=" + KisKeys.venue(first).restCode()
                + "&FID_INPUT_ISCD=" + first.instrument().symbol();
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "authorization",
                "Bearer " + access.token(KisAccessToken.NAME).reveal(),
                "appkey",
                access.credential(Kis.APP_KEY).reveal(),
                "appsecret",
                access.credential(Kis.APP_SECRET).reveal(),
                "tr_id",
                book ? BOOK_ID : PRICE_ID,
                "custtype",
                "P",
                "tr_cont",
                "");
        return new RestCall("GET", path, headers, "");
    }

    @Override
    public Outcome read(List<Topic> asked, RestReply reply, long receivedAt, FeedEvents events) {
        int status = reply.status();
        KisRestAnswer answer = new KisRestAnswer(reply.body());
        if (status == TOO_MANY_REQUESTS || answer.code().equals(TOO_FAST)) {
            return Outcome.TOO_FAST;
        }
        if (STALE_TOKEN.contains(answer.code())) {
            return Outcome.STALE_TOKEN;
        }
        if (!answer.isSound()) {
            events.onBadFrame("REST " + status + ": not an object of JSON");
            return Outcome.FAILED;
        }
        if (!answer.isSuccess()) {
            events.onBadFrame("REST " + status + ": " + Printable.of(answer.code()));
            return Outcome.FAILED;
        }
        return tell(asked, answer, events);
    }

    /** No answer says when its numbers were true. */
    private static Outcome tell(List<Topic> asked, KisRestAnswer answer, FeedEvents events) {
        Reading reading = new Reading();
        reading.key(KisKeys.keyOf(asked.get(0)));
        reading.exchange(KisKeys.venue(asked.get(0)).exchange());
        boolean book = isOfBook(asked.get(0));
        @Nullable String fault = answer.fault();
        boolean full = book ? answer.toBook(reading) : answer.toTicker(reading);
        if (fault != null || !full) {
            events.onBadFrame("REST: " + (fault == null ? "no price" : fault));
            return Outcome.FAILED;
        }
        asked.stream().map(Topic::kind).distinct().forEach(kind -> events.onReading(kind, reading));
        return Outcome.OK;
    }
}
