package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a private frame says, by Upbit's own names and with every digit: balances have more than a double or a long
 * holds.
 */
final class UpbitNotes {
    private final Map<String, String> head = new HashMap<>();
    private final List<Map<String, String>> assets = new ArrayList<>();

    void clear() {
        head.clear();
        assets.clear();
    }

    /** Keeps a value that is no object and no list; one that is null is left out. */
    void keep(String name, JsonReader json, Token value) {
        keep(head, name, json, value);
    }

    private static void keep(Map<String, String> fields, String name, JsonReader json, Token value) {
        switch (value) {
            case STRING, NUMBER -> fields.put(name, json.text());
            case TRUE -> fields.put(name, "true");
            case FALSE -> fields.put(name, "false");
            default -> {
                // null says nothing, and what has parts is not kept
            }
        }
    }

    static boolean isAssets(String name) {
        return name.equals("assets") || name.equals("ast");
    }

    /** Reads the list of assets that the reader stands at the start of. */
    void readAssets(JsonReader json) throws JsonFault {
        for (Token token = json.next(); token != Token.END_ARRAY; token = json.next()) {
            if (token != Token.OBJECT) {
                json.skipChildren();
                continue;
            }
            Map<String, String> asset = new HashMap<>();
            while (json.next() != Token.END_OBJECT) {
                String name = json.text();
                keep(asset, name, json, json.next());
                json.skipChildren();
            }
            assets.add(asset);
        }
    }

    /** The fields of each piece of news in the frame: one per asset, or a single one. */
    List<Map<String, String>> news() {
        if (assets.isEmpty()) {
            return List.of(Map.copyOf(head));
        }
        List<Map<String, String>> news = new ArrayList<>(assets.size());
        for (Map<String, String> asset : assets) {
            Map<String, String> fields = new HashMap<>(head);
            fields.putAll(asset);
            news.add(fields);
        }
        return news;
    }
}
