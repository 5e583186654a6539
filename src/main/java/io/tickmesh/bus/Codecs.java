package io.tickmesh.bus;

import io.vertx.core.eventbus.EventBus;

/** Makes the bus of a node understand every message of this package. */
public final class Codecs {
    private Codecs() {}

    public static void registerOn(EventBus bus) {
        bus.registerDefaultCodec(TickBatch.class, new TickBatchCodec());
        bus.registerDefaultCodec(InterestUpdate.class, new InterestUpdateCodec());
        bus.registerDefaultCodec(LinkReceipt.class, new LinkReceiptCodec());
        bus.registerDefaultCodec(InterestAsk.class, new InterestAskCodec());
        bus.registerDefaultCodec(LedgerUpdate.class, new LedgerUpdateCodec());
        bus.registerDefaultCodec(Inquiry.class, new InquiryCodec());
        bus.registerDefaultCodec(Finding.class, new FindingCodec());
        bus.registerDefaultCodec(LeaseMail.class, new LeaseMailCodec());
        byReference(bus, HolderCounts.class);
        byReference(bus, HubEvents.class);
        byReference(bus, Replay.class);
        byReference(bus, Released.class);
        byReference(bus, PinRequest.class);
        byReference(bus, InterestQuery.class);
        byReference(bus, InterestReport.class);
        byReference(bus, CacheQuery.class);
        byReference(bus, CacheReport.class);
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

    private static <T> void byReference(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new ByReference<>(type));
    }
}
