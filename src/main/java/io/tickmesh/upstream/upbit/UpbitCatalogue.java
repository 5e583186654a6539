package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.CatalogueLanguage;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestReply;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Upbit's list of markets. Over a socket a market that does not exist is answered with silence. */
final class UpbitCatalogue implements CatalogueLanguage {
    private static final int OK = 200;

    @Override
    public RestCall call(Access access) {
        return UpbitRest.get(access, "/market/all");
    }

    /** An empty list is none: Upbit without a market is less likely than Upbit in trouble. */
    @Override
    public @Nullable Set<String> read(RestReply reply) {
        if (reply.status() != OK) {
            return null;
        }
        JsonReader json = new JsonReader();
        json.reset(reply.body(), reply.body().length);
        try {
            Set<String> markets = new HashSet<>();
            if (json.next() != Token.ARRAY) {
                return null;
            }
            Token token = json.next();
            while (token == Token.OBJECT) {
                readMarket(json, markets);
                token = json.next();
            }
            return token == Token.END_ARRAY && !markets.isEmpty() ? markets : null;
        } catch (JsonFault e) {
            return null;
        }
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
}
