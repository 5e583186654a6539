package io.tickmesh.cache;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.HistoryQuery;
import io.tickmesh.bus.HistoryReport;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what followed a position: in the rings of this node, or where they do not reach, at the owner of the pool, whose
 * ring has what this node had no interest in or lost on the way. What came from there serves the next one who asks.
 */
final class HistoryDesk {
    private static final long OWNER_MILLIS = 2_000;

    private final EventBus bus;
    private final NewestValues values;
    private final Function<String, @Nullable String> owners;
    private final DeliveryOptions patience = new DeliveryOptions().setSendTimeout(OWNER_MILLIS);

    /** A desk that knows the node that owns a pool, or null. */
    HistoryDesk(EventBus bus, NewestValues values, Function<String, @Nullable String> owners) {
        this.bus = bus;
        this.values = values;
        this.owners = owners;
    }

    void onQuery(Message<HistoryQuery> message) {
        Map<String, List<Position>> ofPools = new HashMap<>();
        for (Position position : message.body().positions()) {
            @Nullable String pool = values.poolOf(position.topic());
            if (pool != null && values.after(position) == null) {
                ofPools.computeIfAbsent(pool, fresh -> new ArrayList<>()).add(position);
            }
        }
        Map<Topic, List<Tick>> fetched = new HashMap<>();
        List<Future<?>> asked = new ArrayList<>();
        ofPools.forEach((pool, positions) -> {
            @Nullable String owner = owners.apply(pool);
            for (int from = 0; owner != null && from < positions.size(); from += HistoryAsk.MOST) {
                int to = Math.min(positions.size(), from + HistoryAsk.MOST);
                asked.add(ask(owner, new HistoryAsk(pool, positions.subList(from, to)), fetched));
            }
        });
        Future.join(asked).onComplete(done -> message.reply(report(message.body(), fetched)));
    }

    private Future<?> ask(String owner, HistoryAsk ask, Map<Topic, List<Tick>> fetched) {
        return bus.request(Addresses.interestOf(owner), ask, patience).onSuccess(answer -> {
            if (answer.body() instanceof HistoryPage page) {
                page.ticks()
                        .forEach(tick -> fetched.computeIfAbsent(tick.topic(), fresh -> new ArrayList<>())
                                .add(tick));
            }
        });
    }

    /** What this node got while the owner was asked belongs to it. */
    private HistoryReport report(HistoryQuery query, Map<Topic, List<Tick>> fetched) {
        Map<Topic, List<Tick>> ticks = new HashMap<>();
        for (Position position : query.positions()) {
            List<Tick> found = values.after(position);
            if (found == null && fetched.containsKey(position.topic())) {
                found = values.join(position, fetched.getOrDefault(position.topic(), List.of()));
            }
            if (found != null) {
                ticks.put(position.topic(), found);
            }
        }
        return new HistoryReport(ticks);
    }
}
