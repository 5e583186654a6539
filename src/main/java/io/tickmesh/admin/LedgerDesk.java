package io.tickmesh.admin;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.Set;

/** The ledger of this node, in which pins and pauses stand on every node. */
final class LedgerDesk {
    private final EventBus bus;
    private final DeliveryOptions here =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(CommandDesk.PATIENCE_MILLIS);

    LedgerDesk(EventBus bus) {
        this.bus = bus;
    }

    Future<LedgerNews> add(Set<String> keys) {
        return tell(new LedgerChange(keys, Set.of()));
    }

    Future<LedgerNews> remove(Set<String> keys) {
        return tell(new LedgerChange(Set.of(), keys));
    }

    Future<Set<String>> all(String prefix) {
        return tell(new LedgerQuery(prefix)).map(LedgerNews::added);
    }

    private Future<LedgerNews> tell(Object message) {
        return bus.<LedgerNews>request(Addresses.LEDGER, message, here)
                .map(Message::body)
                .recover(cause -> Future.failedFuture(new Refusal(504, "The ledger of this node does not answer")));
    }
}
