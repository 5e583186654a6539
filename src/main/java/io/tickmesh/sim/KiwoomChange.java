package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a REG or REMOVE asks for.
 *
 * @param keeps whether what was registered before stays
 * @param items named in any block
 * @param pairs each item of a block with each of its types
 */
record KiwoomChange(String group, boolean keeps, Set<String> items, Set<Pair> pairs) {
    private static final int GROUP_LENGTH = 4;

    /** What is registered: an item, perhaps the empty one, and a type. */
    record Pair(String item, KiwoomType type) {
        @Override
        public String toString() {
            return type.id() + ':' + item;
        }
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    static KiwoomChange of(JsonObject message) {
        String group = text(message.getValue("grp_no"), "grp_no");
        if (group.isEmpty() || group.length() > GROUP_LENGTH) {
            throw new IllegalArgumentException("grp_no");
        }
        @Nullable Object refresh = message.getValue("refresh");
        if (refresh != null && !"0".equals(refresh) && !"1".equals(refresh)) {
            throw new IllegalArgumentException("refresh");
        }
        if (!(message.getValue("data") instanceof JsonArray blocks) || blocks.isEmpty()) {
            throw new IllegalArgumentException("data");
        }
        Set<String> items = new LinkedHashSet<>();
        Set<Pair> pairs = new LinkedHashSet<>();
        for (Object each : blocks) {
            addBlock(each, items, pairs);
        }
        return new KiwoomChange(group, !"0".equals(refresh), items, pairs);
    }

    private static void addBlock(@Nullable Object block, Set<String> items, Set<Pair> pairs) {
        if (!(block instanceof JsonObject object)) {
            throw new IllegalArgumentException("data");
        }
        List<String> named = texts(object.getValue("item"), "item");
        List<KiwoomType> types = new ArrayList<>();
        for (String id : texts(object.getValue("type"), "type")) {
            @Nullable KiwoomType type = KiwoomType.of(id);
            if (type == null) {
                throw new IllegalArgumentException("type");
            }
            types.add(type);
        }
        items.addAll(named);
        named.forEach(item -> types.forEach(type -> pairs.add(new Pair(item, type))));
    }

    private static List<String> texts(@Nullable Object value, String name) {
        if (!(value instanceof JsonArray array) || array.isEmpty()) {
            throw new IllegalArgumentException(name);
        }
        List<String> texts = new ArrayList<>();
        for (Object each : array) {
            texts.add(text(each, name));
        }
        return texts;
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }
}
