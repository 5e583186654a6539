package io.tickmesh;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** What operators ask of the node as a whole, and the command to leave. */
final class NodeDesk extends VerticleBase {
    private final Supplier<JsonObject> report;
    private final Runnable leave;

    /**
     * The desk of a node.
     *
     * @param report to be called from any thread
     * @param leave begins to leave and returns at once
     */
    NodeDesk(Supplier<JsonObject> report, Runnable leave) {
        this.report = report;
        this.leave = leave;
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<Inquiry>localConsumer(Addresses.inquiry("node"), this::onInquiry)
                .completion();
    }

    private void onInquiry(Message<Inquiry> message) {
        boolean drain = "drain".equals(message.body().arguments().getString("command"));
        if (drain) {
            leave.run();
        }
        message.reply(Finding.of(report.get()));
    }
}
