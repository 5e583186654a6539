package io.tickmesh.bus;

import io.vertx.core.eventbus.EventBus;

/** Makes the bus of a node understand every message of this package. */
public final class Codecs {
    /** Versions that do not exist yet are refused up to this one. */
    private static final int LAST_VERSION = 9;

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
        byReference(bus, HolderCounts.class);
        byReference(bus, HubEvents.class);
        byReference(bus, Replay.class);
        byReference(bus, ReplayHeld.class);
        byReference(bus, Released.class);
        byReference(bus, PinRequest.class);
        byReference(bus, InterestQuery.class);
        byReference(bus, InterestReport.class);
        byReference(bus, CacheQuery.class);
        byReference(bus, CacheReport.class);
        byReference(bus, HistoryQuery.class);
        byReference(bus, HistoryReport.class);
        byReference(bus, LeaseGrant.class);
        byReference(bus, LeaseEnd.class);
        byReference(bus, PoolOwner.class);
        byReference(bus, Members.class);
        byReference(bus, LedgerChange.class);
        byReference(bus, LedgerNews.class);
        byReference(bus, LedgerQuery.class);
        byReference(bus, FeedNews.class);
        byReference(bus, Leaving.class);
        byReference(bus, Readiness.class);
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
