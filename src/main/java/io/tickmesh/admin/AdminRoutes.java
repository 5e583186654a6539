package io.tickmesh.admin;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.PoolOwner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/** The operators' routes, the same on every node: whatever they are about, the node that knows is asked. */
final class AdminRoutes {
    private final ManagementVerticle.Setup setup;
    private final EventBus bus;
    private final CommandDesk desk;
    private final Nodes nodes;

    AdminRoutes(Vertx vertx, ManagementVerticle.Setup setup) {
        this.setup = setup;
        this.bus = vertx.eventBus();
        this.desk = new CommandDesk(bus, setup.node(), setup.loops());
        this.nodes = new Nodes(bus, setup.node(), desk);
    }

    /** Answers for this node, and follows who is there and who owns what. */
    Future<?> listen() {
        return Future.all(
                desk.listenTo(new Inbound(bus, setup.metrics())),
                bus.<Members>localConsumer(Addresses.MEMBERS, message -> nodes.onMembers(message.body()))
                        .completion(),
                bus.<PoolOwner>localConsumer(Addresses.OWNERS, message -> nodes.onOwner(message.body()))
                        .completion());
    }

    void mountOn(Router router) {
        router.route("/admin/*").handler(new Audit(setup.metrics())::watch);
        router.route("/admin/*").handler(new Guard(setup.management())::check);
        router.route("/admin/*").handler(BodyHandler.create(false).setBodyLimit(setup.bodyBytes()));
        router.get("/admin/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/yaml")
                        .sendFile("admin-openapi.yaml")
                        .onFailure(context::fail));
        Pools pools = new Pools(nodes);
        LedgerDesk ledger = new LedgerDesk(bus);
        new NodeRoutes(nodes, pools).mountOn(router);
        new FeedRoutes(nodes, pools, ledger).mountOn(router);
        new TopicRoutes(nodes, pools, setup.catalog()).mountOn(router);
        new SessionRoutes(nodes).mountOn(router);
        new PinRoutes(ledger, setup.catalog()).mountOn(router);
        new SendRoutes(nodes).mountOn(router);
    }
}
