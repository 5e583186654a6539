package io.tickmesh.upstream.upbit;

import io.tickmesh.market.BookParam;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.CatalogueLanguage;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Upbit's list of markets, and the levels that their books are grouped by. Over a socket a market or a level that does
 * not exist is answered with silence.
 */
final class UpbitCatalogue implements CatalogueLanguage {
    private static final int OK = 200;

    /** So that addresses stay under two kilobytes. */
    private static final int MARKETS_PER_CALL = 100;

    /** Upbit has about six. */
    private static final int MOST_LEVELS = 30;

    @Override
    public RestCall call(Access access) {
        return UpbitRest.get(access, "/market/all");
    }

    /** An empty list is none: Upbit without a market is less likely than Upbit in trouble. */
    @Override
    public @Nullable Set<String> read(RestReply reply) {
        Set<String> markets = new HashSet<>();
        return readAll(reply, json -> readMarket(json, markets)) && !markets.isEmpty() ? markets : null;
    }

    private static void readMarket(JsonReader json, Set<String> markets) throws JsonFault {
        while (json.next() != Token.END_OBJECT) {
            boolean isCode = json.text().equals("market");
            Token value = json.next();
            if (isCode && value == Token.STRING) {
                markets.add(json.text());
            }
            json.skipChildren();
        }
    }

    @Override
    public List<RestCall> details(Collection<String> symbols, Access access) {
        List<String> markets =
                symbols.stream().filter(UpbitSymbology::isGroupable).sorted().toList();
        List<RestCall> calls = new ArrayList<>();
        for (int from = 0; from < markets.size(); from += MARKETS_PER_CALL) {
            List<String> some = markets.subList(from, Math.min(from + MARKETS_PER_CALL, markets.size()));
            calls.add(UpbitRest.get(access, "/orderbook/instruments?markets=" + String.join(",", some)));
        }
        return calls;
    }

    @Override
    public @Nullable Map<String, List<String>> readDetails(RestReply reply) {
        Map<String, List<String>> levels = new HashMap<>();
        UpbitLevel level = new UpbitLevel();
        return readAll(reply, json -> readLevels(json, level, levels)) ? levels : null;
    }

    private static void readLevels(JsonReader json, UpbitLevel level, Map<String, List<String>> levels)
            throws JsonFault {
        String market = "";
        @Nullable List<String> supported = null;
        while (json.next() != Token.END_OBJECT) {
            String name = json.text();
            Token value = json.next();
            if (name.equals("market") && value == Token.STRING) {
                market = json.text();
            } else if (name.equals("supported_levels") && value == Token.ARRAY) {
                supported = readList(json, level);
            }
            json.skipChildren();
        }
        if (!market.isEmpty() && supported != null) {
            levels.put(market, List.copyOf(supported));
        }
    }

    /** The levels that group; the first of a list is 0, which does not. */
    private static List<String> readList(JsonReader json, UpbitLevel level) throws JsonFault {
        List<String> list = new ArrayList<>();
        for (Token value = json.next(); value != Token.END_ARRAY; value = json.next()) {
            level.clear();
            level.read(json, value);
            if (level.isGrouped() && list.size() < MOST_LEVELS) {
                list.add(level.canonical());
            }
            json.skipChildren();
        }
        return list;
    }

    @Override
    public @Nullable String unknown(Topic topic, List<String> details) {
        String level = topic.kind() == Kind.BOOK ? BookParam.of(topic).level() : "";
        if (level.isEmpty() || details.contains(level)) {
            return null;
        }
        String market = topic.instrument().symbol();
        return details.isEmpty()
                ? "upbit does not group the book of " + market
                : "upbit groups the book of " + market + " by the levels " + String.join(", ", details) + ", not "
                        + level;
    }

    /** Reads one object of a list. */
    private interface Item {
        void read(JsonReader json) throws JsonFault;
    }

    /** Reads a whole list of objects; false if it is none. */
    private static boolean readAll(RestReply reply, Item item) {
        if (reply.status() != OK) {
            return false;
        }
        JsonReader json = new JsonReader();
        json.reset(reply.body(), reply.body().length);
        try {
            if (json.next() != Token.ARRAY) {
                return false;
            }
            Token token = json.next();
            while (token == Token.OBJECT) {
                item.read(json);
                token = json.next();
            }
            return token == Token.END_ARRAY;
        } catch (JsonFault e) {
            return false;
        }
    }
}
