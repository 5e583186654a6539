package io.tickmesh.sim;

import io.tickmesh.market.Printable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been found right.
 *
 * @param lists asks for the running streams instead of new ones
 */
record UpbitRequest(String ticket, UpbitFormat format, boolean lists, List<UpbitWanted> wanted) {
    private static final String LIST = "LIST_SUBSCRIPTIONS";
    private static final int LONGEST_LEVEL = 20;

    /** What a connection may ask for. */
    record Rights(boolean ofPublicTypes, boolean ofPrivateTypes, int maxCodes) {}

    /** Reads a request, and refuses it for the first thing in the provider's order that is wrong with it. */
    static UpbitRequest read(String text, Rights rights) throws UpbitRefusal {
        List<JsonObject> objects = objects(text);
        String ticket = ticket(objects);
        List<JsonObject> typed = having(objects, "type");
        List<JsonObject> methods = having(objects, "method");
        if (typed.isEmpty() && methods.isEmpty()) {
            throw new UpbitRefusal("NO_TYPE", "type field not exists.");
        }
        UpbitFormat format = format(objects);
        for (JsonObject each : methods) {
            if (!LIST.equals(each.getValue("method"))) {
                throw UpbitRefusal.invalidParam("method " + shown(each.getValue("method")) + " is not supported.");
            }
        }
        for (JsonObject each : typed) {
            requireType(each.getValue("type"), rights);
        }
        if (!methods.isEmpty() && !typed.isEmpty()) {
            throw UpbitRefusal.wrongFormat();
        }
        return new UpbitRequest(ticket, format, !methods.isEmpty(), wanted(typed, rights.maxCodes()));
    }

    private static List<JsonObject> objects(String text) throws UpbitRefusal {
        List<JsonObject> objects = new ArrayList<>();
        try {
            for (Object each : new JsonArray(text)) {
                if (!(each instanceof JsonObject object)) {
                    throw UpbitRefusal.wrongFormat();
                }
                objects.add(object);
            }
        } catch (DecodeException | ClassCastException e) {
            throw UpbitRefusal.wrongFormat();
        }
        return objects;
    }

    private static List<JsonObject> having(List<JsonObject> objects, String field) {
        return objects.stream().filter(each -> each.getValue(field) != null).toList();
    }

    private static String ticket(List<JsonObject> objects) throws UpbitRefusal {
        List<JsonObject> tickets = having(objects, "ticket");
        if (!tickets.isEmpty() && tickets.get(0).getValue("ticket") instanceof String ticket && !ticket.isBlank()) {
            return ticket;
        }
        throw new UpbitRefusal("NO_TICKET", "Ticket field must be contained.");
    }

    private static UpbitFormat format(List<JsonObject> objects) throws UpbitRefusal {
        UpbitFormat format = UpbitFormat.DEFAULT;
        for (JsonObject each : having(objects, "format")) {
            Object name = each.getValue("format");
            format = Arrays.stream(UpbitFormat.values())
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> UpbitRefusal.invalidParam("format " + shown(name) + " is not supported."));
        }
        return format;
    }

    private static void requireType(Object type, Rights rights) throws UpbitRefusal {
        boolean isPrivate = type instanceof String name && UpbitWanted.isPrivate(name);
        boolean isPublic = type instanceof String name && UpbitStream.Kind.of(name) != null;
        if (isPrivate && !rights.ofPrivateTypes()) {
            throw UpbitRefusal.invalidAuth();
        }
        if (!isPrivate && !(isPublic && rights.ofPublicTypes())) {
            throw UpbitRefusal.invalidParam("type " + shown(type) + " is not supported.");
        }
    }

    private static List<UpbitWanted> wanted(List<JsonObject> typed, int maxCodes) throws UpbitRefusal {
        List<UpbitWanted> wanted = new ArrayList<>();
        int codes = 0;
        for (JsonObject each : typed) {
            UpbitWanted one = new UpbitWanted(
                    each.getString("type"),
                    codes(each.getValue("codes")),
                    level(each.getValue("level")),
                    flag(each, "is_only_snapshot", "isOnlySnapshot"),
                    flag(each, "is_only_realtime", "isOnlyRealtime"));
            wanted.add(one);
            codes += one.codeList().size();
        }
        for (UpbitWanted each : wanted) {
            if (each.codes() == null && !each.isPrivate()) {
                throw new UpbitRefusal("NO_CODES", "codes field not exists.");
            }
        }
        for (UpbitWanted each : wanted) {
            if (each.codeList().isEmpty() && !each.isPrivate()) {
                throw UpbitRefusal.invalidParam("codes field is empty.");
            }
        }
        for (UpbitWanted each : wanted) {
            if (each.codes() != null && each.type().equals(UpbitWanted.MY_ASSET)) {
                throw UpbitRefusal.wrongFormat();
            }
        }
        if (maxCodes > 0 && codes > maxCodes) {
            throw UpbitRefusal.invalidParam("codes field has more than " + maxCodes + " codes.");
        }
        return List.copyOf(wanted);
    }

    private static @Nullable List<String> codes(@Nullable Object value) throws UpbitRefusal {
        if (value == null) {
            return null;
        }
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw UpbitRefusal.wrongFormat();
    }

    /** A number, or a text that is one. */
    private static BigDecimal level(@Nullable Object value) throws UpbitRefusal {
        if (value == null) {
            return BigDecimal.ZERO;
        }
        String text = value instanceof Number || value instanceof String ? value.toString() : "";
        try {
            BigDecimal level = new BigDecimal(text.length() <= LONGEST_LEVEL ? text : "");
            if (Math.abs(level.scale()) <= LONGEST_LEVEL) {
                return level;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw UpbitRefusal.wrongFormat();
    }

    private static boolean flag(JsonObject in, String name, String olderName) throws UpbitRefusal {
        Object value = in.getValue(name, in.getValue(olderName, false));
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw UpbitRefusal.wrongFormat();
    }

    private static String shown(Object value) {
        return Printable.of(String.valueOf(value));
    }
}
