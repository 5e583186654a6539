package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.RestReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Kiwoom's REST: {@code ka10001} tells price and summary of a stock, {@code ka10004} its book. A call asks for one stock
 * at one venue, and for all that is wanted of it. HTTP 200 says nothing about success.
 */
final class KiwoomRest implements RestLanguage {
    private static final String INFO = "ka10001";
    private static final String BOOK = "ka10004";

    /** One below the five that an account is allowed. */
    private static final double CALLS_PER_SECOND = 4;

    /** More than there are kinds and depths. */
    private static final int TOPICS_PER_CALL = 16;

    @Override
    public List<String> tokens() {
        return List.of(KiwoomToken.NAME);
    }

    @Override
    public double callsPerSecond(String restUrl) {
        return CALLS_PER_SECOND;
    }

    @Override
    public String group(Topic topic) {
        @Nullable String call = callFor(topic.kind());
        return call == null ? "" : call + ' ' + KiwoomCode.itemOf(topic);
    }

    private static @Nullable String callFor(Kind kind) {
        return switch (kind) {
            case TRADE, TICKER, EXPECTED -> INFO;
            case QUOTE, BOOK -> BOOK;
            case CANDLE, STATUS, NOTICE -> null;
        };
    }

    @Override
    public int topicsPerCall(String group) {
        return TOPICS_PER_CALL;
    }

    @Override
    public RestCall call(List<Topic> topics, Access access) {
        Topic topic = topics.get(0);
        boolean book = BOOK.equals(callFor(topic.kind()));
        Map<String, String> headers = Map.of(
                "Content-Type",
                Kiwoom.JSON,
                "api-id",
                book ? BOOK : INFO,
                "authorization",
                "Bearer " + access.token(KiwoomToken.NAME).reveal());
        return new RestCall(
                "POST",
                book ? "/api/dostk/mrkcond" : "/api/dostk/stkinfo",
                headers,
                KiwoomWriter.object("stk_cd", KiwoomCode.itemOf(topic)));
    }

    @Override
    public Outcome read(List<Topic> asked, RestReply reply, long receivedAt, FeedEvents events) {
        int status = reply.status();
        KiwoomRestAnswer answer = new KiwoomRestAnswer();
        @Nullable String fault = answer.read(reply.body(), receivedAt);
        if (fault != null) {
            return answerWithout(status, fault, events);
        }
        Outcome outcome = outcome(status, answer.returnCode, answer.message);
        if (outcome == Outcome.OK) {
            Set<Kind> kinds = asked.stream().map(Topic::kind).collect(Collectors.toSet());
            answer.tell(Kiwoom.key(asked.get(0)), kinds, events);
        }
        return outcome;
    }

    private static Outcome answerWithout(int status, String fault, FeedEvents events) {
        if (status == 429) {
            return Outcome.TOO_FAST;
        }
        if (status == 401) {
            return Outcome.STALE_TOKEN;
        }
        events.onBadFrame("HTTP " + status + ": " + fault);
        return Outcome.FAILED;
    }

    /** The same return code 5 stands for too many calls and for too many symbols: the number in the text decides. */
    private static Outcome outcome(int status, long returnCode, String message) {
        long reason = KiwoomRefusals.reason(returnCode, message);
        if (status == 429 || KiwoomRefusals.isTooFast(reason) || reason == KiwoomRefusals.BUSY) {
            return Outcome.TOO_FAST;
        }
        if (status == 401 || KiwoomRefusals.isOfToken(reason)) {
            return Outcome.STALE_TOKEN;
        }
        return status == 200 && returnCode == 0 ? Outcome.OK : Outcome.FAILED;
    }
}
