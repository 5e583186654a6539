package io.tickmesh.bus;

import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** Makes the bus of a node understand every message of this package. */
public final class Codecs {
    /** Versions that do not exist yet are refused up to this one. */
    private static final int LAST_VERSION = 9;

    private static final List<Class<?>> BY_REFERENCE = List.of(
            ChannelCall.class,
            ChannelEvents.class,
            HolderCounts.class,
            HubEvents.class,
            Replay.class,
            ReplayHeld.class,
            Released.class,
            PinRequest.class,
            InterestQuery.class,
            InterestReport.class,
            CacheQuery.class,
            CacheReport.class,
            HistoryQuery.class,
            HistoryReport.class,
            LeaseGrant.class,
            LeaseEnd.class,
            PoolOwner.class,
            Members.class,
            LedgerChange.class,
            LedgerNews.class,
            LedgerQuery.class,
            StoreWrite.class,
            StoreResult.class,
            StoreQuery.class,
            StoredValues.class,
            StoreEpochsQuery.class,
            StoredEpochs.class,
            StoreUp.class,
            ChannelWrite.class,
            ChannelWritten.class,
            ChannelQuery.class,
            StoredChannel.class,
            OfflineWrite.class,
            OfflineWritten.class,
            OfflineQuery.class,
            OfflineFound.class,
            OfflineRemoval.class,
            FeedNews.class,
            Leaving.class,
            Readiness.class);

    private Codecs() {}

    public static void registerOn(EventBus bus) {
        betweenNodes(bus, Probe.class, new ProbeCodec());
        betweenNodes(bus, TickBatch.class, new TickBatchCodec());
        betweenNodes(bus, InterestUpdate.class, new InterestUpdateCodec());
        betweenNodes(bus, LinkReceipt.class, new LinkReceiptCodec());
        betweenNodes(bus, InterestAsk.class, new InterestAskCodec());
        betweenNodes(bus, HistoryAsk.class, new HistoryAskCodec());
        betweenNodes(bus, HistoryPage.class, new HistoryPageCodec());
        betweenNodes(bus, LedgerUpdate.class, new LedgerUpdateCodec());
        betweenNodes(bus, Inquiry.class, new InquiryCodec());
        betweenNodes(bus, Finding.class, new FindingCodec());
        betweenNodes(bus, LeaseMail.class, new LeaseMailCodec());
        betweenNodes(bus, RoomUpdate.class, new RoomUpdateCodec());
        betweenNodes(bus, RoomMessage.class, new RoomMessageCodec());
        betweenNodes(bus, RoomDelivery.class, new RoomDeliveryCodec());
        betweenNodes(bus, Reached.class, new ReachedCodec());
        BY_REFERENCE.forEach(type -> byReference(bus, type));
    }

    private static <T> void betweenNodes(EventBus bus, Class<T> type, WireCodec<T> codec) {
        bus.registerDefaultCodec(type, codec);
        for (int version = 0; version <= LAST_VERSION; version++) {
            String name = codec.nameOf(version);
            if (!name.equals(codec.name())) {
                bus.registerCodec(new OtherVersion(name));
            }
        }
    }

    private static <T> void byReference(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new ByReference<>(type));
    }
}
