package io.tickmesh.admin;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.PoolOwner;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The nodes as the cluster role last told, and the way to ask each; this node is asked without the detour of the bus between nodes. */
final class Nodes {
    private static final long ANSWER_MILLIS = 1_000;

    private final EventBus bus;
    private final String self;
    private final CommandDesk desk;
    private final SortedMap<String, PoolOwner> owners = new TreeMap<>();
    private SortedSet<String> members;

    Nodes(EventBus bus, String self, CommandDesk desk) {
        this.bus = bus;
        this.self = self;
        this.desk = desk;
        this.members = new TreeSet<>(List.of(self));
    }

    void onMembers(Members told) {
        members = told.names();
    }

    void onOwner(PoolOwner told) {
        owners.merge(told.pool(), told, (before, now) -> now.epoch() >= before.epoch() ? now : before);
    }

    String self() {
        return self;
    }

    SortedSet<String> members() {
        return members;
    }

    Map<String, PoolOwner> owners() {
        return owners;
    }

    String requireMember(String name) {
        if (!members.contains(name)) {
            throw new Refusal(404, "No live node of that name");
        }
        return name;
    }

    /** Fails if the node is silent. */
    Future<Finding> ask(String node, String subject, JsonObject arguments) {
        return ask(node, new Inquiry(subject, arguments), ANSWER_MILLIS);
    }

    /** What came of a command, or why it was refused. */
    Future<JsonObject> command(String node, String subject, JsonObject arguments) {
        return ask(node, new Inquiry(subject, arguments), CommandDesk.PATIENCE_MILLIS)
                .recover(cause -> Future.failedFuture(new Refusal(504, "Node " + node + " does not answer")))
                .map(Refusal::unless);
    }

    private Future<Finding> ask(String node, Inquiry inquiry, long millis) {
        if (node.equals(self)) {
            return desk.answer(inquiry).timeout(millis, TimeUnit.MILLISECONDS);
        }
        return bus.<Finding>request(Addresses.commandOf(node), inquiry, new DeliveryOptions().setSendTimeout(millis))
                .map(Message::body);
    }
}
