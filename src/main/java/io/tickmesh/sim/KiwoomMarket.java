package io.tickmesh.sim;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is traded and when, and the tape of each item that anyone asked for. */
final class KiwoomMarket {
    private static final double SECOND_MICROS = 1_000_000;
    private static final long IDLE_INTERVAL = 1_000_000;

    private final KiwoomSimSettings settings;
    private final KiwoomListing listing;
    private final Map<String, KiwoomTape> tapes;
    private final Map<KiwoomItem.Venue, Long> closedAt = new EnumMap<>(KiwoomItem.Venue.class);

    KiwoomMarket(KiwoomSimSettings settings) {
        this(settings, new KiwoomListing(settings.stream().extraSymbols()), new HashMap<>());
    }

    private KiwoomMarket(KiwoomSimSettings settings, KiwoomListing listing, Map<String, KiwoomTape> tapes) {
        this.settings = settings;
        this.listing = listing;
        this.tapes = tapes;
    }

    /** This market by other settings; volumes and ranges of the day go on unless the prices are others. */
    KiwoomMarket retuned(KiwoomSimSettings changed) {
        boolean samePrices = changed.stream().seed() == settings.stream().seed();
        boolean sameStocks =
                changed.stream().extraSymbols() == settings.stream().extraSymbols();
        return new KiwoomMarket(
                changed,
                sameStocks ? listing : new KiwoomListing(changed.stream().extraSymbols()),
                samePrices ? tapes : new HashMap<>());
    }

    KiwoomSimSettings settings() {
        return settings;
    }

    List<KiwoomItem> stocks() {
        return listing.stocks();
    }

    /** The tape of an item, or null if there is no such item here. */
    @Nullable
    KiwoomTape tape(String code) {
        @Nullable KiwoomItem item = listing.item(code);
        if (item == null
                || (settings.rest().profile() == KiwoomRestSettings.Profile.MOCK
                        && item.venue() != KiwoomItem.Venue.KRX)) {
            return null;
        }
        return tape(item);
    }

    KiwoomTape tape(KiwoomItem item) {
        return tapes.computeIfAbsent(
                item.code(), absent -> new KiwoomTape(settings.stream().seed(), item));
    }

    /** Microseconds between two events of an item. */
    long interval() {
        double perSecond = settings.stream().ticksPerSecond();
        return perSecond <= 0 ? IDLE_INTERVAL : Math.max(1, Math.round(SECOND_MICROS / perSecond));
    }

    boolean isOpen(KiwoomItem.Venue venue, long now) {
        return KiwoomTime.isOpen(settings.stream().market(), venue, now / 1_000);
    }

    /** The state after the newest trade; that of a closed market stands still. */
    KiwoomState newest(KiwoomTape tape, long now) {
        KiwoomItem.Venue venue = tape.item().venue();
        long at = now;
        if (isOpen(venue, now)) {
            closedAt.remove(venue);
        } else {
            at = closedAt.computeIfAbsent(venue, absent -> now);
        }
        long last = tape.lastEvent(at * 1_000, interval());
        return tape.at(KiwoomTape.isTrade(last) ? last : last - 1, interval());
    }

    /** A time of day as this provider's clock shows it. */
    String time(long second) {
        return KiwoomTime.hhmmss(second + Math.floorDiv(settings.stream().clockOffsetMs(), 1_000));
    }

    String session(long second) {
        return settings.stream().market() == KiwoomStreamSettings.Market.CLOCK ? KiwoomTime.session(second) : "2";
    }
}
