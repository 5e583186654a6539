package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The control endpoint: what a test may do to the simulator over HTTP. */
final class Control {
    static final String PREFIX = "/control";

    private static final String FAULT = PREFIX + "/fault/";

    private final Exchange exchange;

    Control(Exchange exchange) {
        this.exchange = exchange;
    }

    static boolean serves(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    Reply answer(String method, String path, String body, long now) {
        String route = path.startsWith(FAULT) ? FAULT : path;
        try {
            return switch (method + ' ' + route) {
                case "GET /control/settings" -> settings();
                case "PATCH /control/settings" -> {
                    exchange.change(json(body));
                    yield settings();
                }
                case "POST " + FAULT -> reached(exchange.fault(path.substring(FAULT.length()), json(body), now));
                case "POST /control/emit" -> reached(exchange.emit(json(body), now));
                case "GET /control/sessions" -> sessions();
                case "GET /control/requests" -> Reply.json(exchange.requests().toJson());
                case "POST /control/reset" -> {
                    exchange.reset();
                    yield settings();
                }
                default -> unknown(method, route);
            };
        } catch (IllegalArgumentException e) {
            return Reply.refusal(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply settings() {
        return Reply.json(exchange.settingsJson());
    }

    private Reply sessions() {
        JsonArray list = new JsonArray();
        exchange.sessions().forEach(each -> list.add(each.toJson()));
        return Reply.json(new JsonObject().put("sessions", list));
    }

    private static Reply reached(int sessions) {
        return Reply.json(new JsonObject().put("sessions", sessions));
    }

    private static Reply unknown(String method, String route) {
        return switch (route) {
            case "/control/settings",
                    FAULT,
                    "/control/emit",
                    "/control/sessions",
                    "/control/requests",
                    "/control/reset" -> Reply.refusal(405, method + " is not allowed on " + route);
            default ->
                Reply.refusal(
                        404,
                        "no such control path; there are GET and PATCH /control/settings, POST /control/fault/{name},"
                                + " POST /control/emit, GET /control/sessions, GET /control/requests,"
                                + " POST /control/reset");
        };
    }

    private static JsonObject json(String body) {
        if (body.isBlank()) {
            return new JsonObject();
        }
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("the body must be a JSON object", e);
        }
    }
}
