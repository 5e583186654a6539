package io.tickmesh.upstream.upbit;

import io.tickmesh.market.BookParam;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Reading;
import io.tickmesh.upstream.RestAdvice;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage;
import io.tickmesh.upstream.RestReply;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Upbit's quotation requests: many markets in one, tickers and last trades from the one, books from the other. */
final class UpbitRest implements RestLanguage {
    private static final String TICKER = "ticker";
    private static final String ORDERBOOK = "orderbook";
    private static final String VERSION = "/v1";

    /** Two below what each group of requests is allowed. */
    private static final double CALLS_PER_SECOND = 8;

    /** So that addresses stay under two kilobytes. */
    private static final int TICKERS_PER_CALL = 100;

    /** So that answers of 30 levels each stay under 200 kB. */
    private static final int BOOKS_PER_CALL = 50;

    private static final int OK = 200;

    @Override
    public List<String> tokens() {
        return List.of();
    }

    @Override
    public double callsPerSecond(String restUrl) {
        return CALLS_PER_SECOND;
    }

    @Override
    public String group(Topic topic) {
        return switch (topic.kind()) {
            case TICKER, TRADE -> TICKER;
            case BOOK, QUOTE -> UpbitCode.key(ORDERBOOK, levelOf(topic));
            default -> "";
        };
    }

    private static String levelOf(Topic topic) {
        return topic.kind() == Kind.BOOK ? BookParam.of(topic).level() : "";
    }

    @Override
    public int topicsPerCall(String group) {
        return group.equals(TICKER) ? TICKERS_PER_CALL : BOOKS_PER_CALL;
    }

    @Override
    public RestCall call(List<Topic> topics, Access access) {
        String markets = topics.stream()
                .map(topic -> topic.instrument().symbol())
                .distinct()
                .collect(Collectors.joining(","));
        String level = levelOf(topics.get(0));
        String path = group(topics.get(0)).equals(TICKER) ? TICKER : ORDERBOOK;
        return get(access, '/' + path + "?markets=" + markets + (level.isEmpty() ? "" : grouped(level, topics)));
    }

    private static String grouped(String level, List<Topic> topics) {
        int deepest = topics.stream().mapToInt(UpbitSymbology::depthOf).max().orElse(UpbitSymbology.DEEPEST);
        return "&level=" + level + "&count=" + deepest;
    }

    /** The address of a feed may end in the version or before it. */
    static RestCall get(Access access, String path) {
        String version = access.feed().restUrl().endsWith(VERSION) ? "" : VERSION;
        return new RestCall("GET", version + path, Map.of("Accept", "application/json"), "");
    }

    @Override
    public Outcome read(List<Topic> asked, RestReply reply, long receivedAt, FeedEvents events) {
        int status = reply.status();
        if (UpbitLimits.isTooFast(status)) {
            return Outcome.TOO_FAST;
        }
        if (status != OK || asked.isEmpty()) {
            return Outcome.FAILED;
        }
        Asked wanted = new Asked(asked);
        boolean books = !group(asked.get(0)).equals(TICKER);
        UpbitFrame frame = new UpbitFrame(null);
        JsonReader json = new JsonReader();
        json.reset(reply.body(), reply.body().length);
        try {
            if (json.next() != Token.ARRAY) {
                events.onBadFrame("not an array of objects");
                return Outcome.FAILED;
            }
            while (json.next() == Token.OBJECT) {
                frame.read(json, receivedAt);
                if (!books) {
                    frame.type = UpbitFrame.Type.TICKER;
                } else if (frame.type != UpbitFrame.Type.BOOK) {
                    frame.becomeBook();
                }
                tell(frame, wanted, events);
            }
            return Outcome.OK;
        } catch (JsonFault e) {
            events.onBadFrame("not JSON: " + e.getMessage());
            return Outcome.FAILED;
        }
    }

    @Override
    public RestAdvice advice(RestReply reply) {
        return UpbitLimits.advice(reply);
    }

    private static void tell(UpbitFrame frame, Asked asked, FeedEvents events) {
        String lack = frame.lack();
        if (lack != null) {
            events.onBadFrame(lack);
        } else if (asked.grouped && !frame.level.said()) {
            events.onBadFrame("orderbook that does not say its level");
        } else {
            asked.tell(frame, events);
        }
    }

    /** What was asked for: an answer may serve further kinds, which have their own, better source. */
    private static final class Asked {
        private final Map<Kind, Set<String>> markets = new EnumMap<>(Kind.class);
        private final boolean grouped;

        Asked(List<Topic> topics) {
            grouped = !levelOf(topics.get(0)).isEmpty();
            for (Topic topic : topics) {
                markets.computeIfAbsent(topic.kind(), kind -> new HashSet<>()).add(UpbitSymbology.keyOf(topic));
            }
        }

        void tell(UpbitFrame frame, FeedEvents events) {
            Reading reading = frame.reading;
            tell(Kind.TICKER, reading, events);
            tell(Kind.BOOK, reading, events);
            tell(Kind.QUOTE, reading, events);
            if (asks(Kind.TRADE, reading)) {
                frame.becomeTrade();
                events.onReading(Kind.TRADE, reading);
            }
        }

        private void tell(Kind kind, Reading reading, FeedEvents events) {
            if (asks(kind, reading)) {
                events.onReading(kind, reading);
            }
        }

        private boolean asks(Kind kind, Reading reading) {
            Set<String> asked = markets.get(kind);
            return asked != null && asked.contains(reading.key());
        }
    }
}
