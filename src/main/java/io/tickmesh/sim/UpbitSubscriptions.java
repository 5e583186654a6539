package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** The answer to {@code LIST_SUBSCRIPTIONS}. */
final class UpbitSubscriptions {
    private UpbitSubscriptions() {}

    static String reply(UpbitRequest request, List<UpbitWanted> wanted) {
        boolean isShort = request.format().isShort();
        StringBuilder result = new StringBuilder("[");
        for (UpbitWanted each : wanted) {
            result.append(result.length() == 1 ? "" : ",").append(entry(each, isShort));
        }
        return object(isShort)
                .put("method", "mthd", "LIST_SUBSCRIPTIONS")
                .putJson("result", "rslt", result.append(']'))
                .putJson("ticket", "tckt", quoted(request.ticket()))
                .text();
    }

    private static String entry(UpbitWanted wanted, boolean isShort) {
        UpbitObject out = object(isShort).put("type", "ty", wanted.type());
        if (wanted.codes() != null) {
            out.putJson("codes", "cds", new JsonArray(wanted.codes()).encode());
        }
        if (wanted.type().equals("orderbook")) {
            out.put("level", "lv", wanted.level());
        }
        return out.text();
    }

    private static UpbitObject object(boolean isShort) {
        return new UpbitObject(isShort, UpbitNumbers.PLAIN, 0);
    }

    private static String quoted(String text) {
        String array = new JsonArray().add(text).encode();
        return array.substring(1, array.length() - 1);
    }
}
