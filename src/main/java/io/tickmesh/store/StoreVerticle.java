package io.tickmesh.store;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelQuery;
import io.tickmesh.bus.ChannelWrite;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.LedgerUpdate;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.OfflineQuery;
import io.tickmesh.bus.OfflineRemoval;
import io.tickmesh.bus.OfflineWrite;
import io.tickmesh.bus.StoreEpochsQuery;
import io.tickmesh.bus.StoreQuery;
import io.tickmesh.bus.StoreUp;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoredEpochs;
import io.tickmesh.config.RedisConfig;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;

/** Writes to Redis, and reads from there, what outlives the nodes. One per node, where Redis is configured. */
public final class StoreVerticle extends VerticleBase {
    private static final int REFUSED = 503;

    private final RedisLink link;
    private final ValueStore values;
    private final LedgerStore ledger;
    private final ChannelStore channels;
    private final OfflineStore offline;

    public StoreVerticle(RedisLink link, RedisConfig config, Metrics metrics) {
        this.link = link;
        Complaints complaints = new Complaints(System::nanoTime);
        this.values = new ValueStore(link, config.expiry().toMillis(), metrics, complaints, System::currentTimeMillis);
        this.ledger = new LedgerStore(link, metrics, complaints, System::currentTimeMillis);
        this.channels =
                new ChannelStore(link, config.expiry().toMillis(), metrics, complaints, System::currentTimeMillis);
        this.offline = new OfflineStore(link, metrics, complaints);
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        link.whenUp(() -> new NodeBus(bus).publish(Addresses.STORE_UP, new StoreUp()));
        return Future.all(List.of(
                bus.localConsumer(Addresses.STORE_VALUES, this::onValues).completion(),
                bus.localConsumer(Addresses.STORE_LEDGER, this::onLedger).completion(),
                bus.localConsumer(Addresses.STORE_CHANNELS, this::onChannels).completion(),
                bus.localConsumer(Addresses.STORE_OFFLINE, this::onOffline).completion(),
                bus.<StoreEpochsQuery>localConsumer(
                                Addresses.STORE_EPOCHS, message -> message.reply(new StoredEpochs(values.epochs())))
                        .completion(),
                bus.<Inquiry>localConsumer(
                                Addresses.inquiry("redis"), message -> message.reply(Finding.of(link.report())))
                        .completion()));
    }

    private void onValues(Message<Object> message) {
        if (message.body() instanceof StoreWrite write) {
            values.write(write).onSuccess(message::reply);
        } else if (message.body() instanceof StoreQuery query) {
            values.read(query.pool()).onSuccess(message::reply);
        } else if (message.body() instanceof HistoryAsk ask) {
            values.history(ask).onSuccess(message::reply);
        }
    }

    private void onLedger(Message<Object> message) {
        if (message.body() instanceof LedgerUpdate update) {
            ledger.write(update.entries()).onSuccess(message::reply);
        } else if (message.body() instanceof LedgerQuery) {
            ledger.read().onSuccess(entries -> {
                if (entries == null) {
                    message.fail(REFUSED, "Redis cannot be read");
                } else {
                    message.reply(new LedgerUpdate("", 0, entries));
                }
            });
        }
    }

    private void onChannels(Message<Object> message) {
        if (message.body() instanceof ChannelWrite write) {
            channels.write(write).onSuccess(message::reply);
        } else if (message.body() instanceof ChannelQuery query) {
            channels.read(query)
                    .onSuccess(message::reply)
                    .onFailure(cause -> message.fail(REFUSED, "Redis cannot be read"));
        }
    }

    private void onOffline(Message<Object> message) {
        if (message.body() instanceof OfflineWrite write) {
            offline.write(write).onSuccess(message::reply);
        } else if (message.body() instanceof OfflineQuery query) {
            offline.read(query)
                    .onSuccess(message::reply)
                    .onFailure(cause -> message.fail(REFUSED, "Redis cannot be read"));
        } else if (message.body() instanceof OfflineRemoval removal) {
            offline.remove(removal).onSuccess(message::reply);
        }
    }

    @Override
    public Future<?> stop() {
        return link.close();
    }
}
