package io.tickmesh.client;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/** The console page, the JavaScript client that it is built on, and the descriptions of the REST part and the sockets, from the jar. */
final class SiteRoutes {
    void mountOn(Router router) {
        describe(router, "openapi.yaml");
        describe(router, "asyncapi.yaml");
        router.get().handler(context -> {
            context.response().putHeader("Cache-Control", "no-cache").putHeader("X-Content-Type-Options", "nosniff");
            context.next();
        });
        // pages of any origin may be built on the client
        router.get("/client/*").handler(context -> {
            context.response().putHeader("Access-Control-Allow-Origin", "*");
            context.next();
        });
        router.get().handler(StaticHandler.create("web").setCachingEnabled(false));
    }

    private static void describe(Router router, String file) {
        router.get('/' + file)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/yaml")
                        .sendFile(file)
                        .onFailure(context::fail));
    }
}
