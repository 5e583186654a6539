package io.tickmesh.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A channel of the socket: what a {@code tr_id} stands for. */
record KisChannel(String trId, Kind kind, Venue venue) {
    /** What the records of a channel are. */
    enum Kind {
        TRADE,
        BOOK,
        EXPECTED,
        STATUS,
        OVERSEAS_TRADE,
        OVERSEAS_BOOK,
        NOTICE,
        /** A domestic channel that may be registered and is not fed here. */
        UNFED,
        /** An index, which is not fed here either. */
        INDEX
    }

    /** Where it comes from. */
    enum Venue {
        KRX("ST", true),
        NXT("NX", false),
        INTEGRATED("UN", false);

        private final String code;
        private final boolean onMock;

        Venue(String code, boolean onMock) {
            this.code = code;
            this.onMock = onMock;
        }
    }

    private static final Pattern INDEX_CODE = Pattern.compile("[0-9]{4}");
    private static final Map<String, KisChannel> ALL = new HashMap<>();

    static {
        for (Venue venue : Venue.values()) {
            add("H0" + venue.code + "CNT0", Kind.TRADE, venue);
            add("H0" + venue.code + "ASP0", Kind.BOOK, venue);
            add("H0" + venue.code + "ANC0", Kind.EXPECTED, venue);
            add("H0" + venue.code + "MKO0", Kind.STATUS, venue);
        }
        List.of("H0STOUP0", "H0STOAC0", "H0STOAA0", "H0STPGM0", "H0STMBC0")
                .forEach(each -> add(each, Kind.UNFED, Venue.KRX));
        add("H0UPCNT0", Kind.INDEX, Venue.KRX);
        List.of("H0STCNI0", "H0STCNI9", "H0GSCNI0", "H0GSCNI9").forEach(each -> add(each, Kind.NOTICE, Venue.KRX));
        add("HDFSCNT0", Kind.OVERSEAS_TRADE, Venue.KRX);
        add("HDFSASP0", Kind.OVERSEAS_BOOK, Venue.KRX);
        add("HDFSASP1", Kind.OVERSEAS_BOOK, Venue.KRX);
    }

    private static void add(String trId, Kind kind, Venue venue) {
        ALL.put(trId, new KisChannel(trId, kind, venue));
    }

    /** The channel that this system has under this name, or null. */
    static @Nullable KisChannel of(String trId, KisSessionSettings.Profile profile) {
        @Nullable KisChannel channel = ALL.get(trId);
        return channel != null && channel.isOn(profile) ? channel : null;
    }

    private boolean isOn(KisSessionSettings.Profile profile) {
        boolean mock = profile == KisSessionSettings.Profile.MOCK;
        return switch (kind) {
            case TRADE, BOOK, EXPECTED, STATUS, UNFED -> !mock || venue.onMock;
            case OVERSEAS_TRADE, OVERSEAS_BOOK, INDEX -> !mock;
            case NOTICE -> trId.endsWith("9") == mock;
        };
    }

    /** Whether this key can be registered here; a notice's key is another matter. */
    boolean knows(String key, KisStreamSettings settings) {
        return switch (kind) {
            case INDEX -> INDEX_CODE.matcher(key).matches();
            case NOTICE -> true;
            default -> stock(key, settings) != null;
        };
    }

    /** What a key of this channel is about, or null. */
    @Nullable
    KisStock stock(String key, KisStreamSettings settings) {
        return switch (kind) {
            case TRADE, BOOK, EXPECTED, STATUS, UNFED -> KisStock.domestic(key, settings);
            case OVERSEAS_TRADE, OVERSEAS_BOOK -> KisStock.overseas(key);
            case INDEX, NOTICE -> null;
        };
    }

    boolean isTicking() {
        return switch (kind) {
            case TRADE, BOOK, EXPECTED, OVERSEAS_TRADE, OVERSEAS_BOOK -> true;
            case STATUS, UNFED, INDEX, NOTICE -> false;
        };
    }

    /** The fields of a record at a time of the provider's history. */
    int width(KisStreamSettings settings) {
        KisStreamSettings.Width era = settings.width();
        int future = era == KisStreamSettings.Width.FUTURE ? 1 : 0;
        boolean sinceSeptember = era.trade > KisStreamSettings.Width.Y2025.trade;
        int width = switch (kind) {
            case TRADE -> venue == Venue.NXT ? 46 + future : era.trade;
            case BOOK -> venue == Venue.KRX ? era.book : (sinceSeptember ? 66 : 65) + future;
            case EXPECTED -> (venue == Venue.KRX ? 45 : 46) + future;
            case STATUS -> venue == Venue.INTEGRATED ? 10 : 11;
            case OVERSEAS_TRADE -> 26 + future;
            case OVERSEAS_BOOK -> 11 + 6 * (trId.endsWith("1") ? 1 : settings.overseasLevels());
            case NOTICE, UNFED, INDEX -> 0;
        };
        return width + settings.extraFields();
    }

    /** Whether this channel has data now. */
    boolean isOpen(KisStreamSettings settings, long now) {
        return switch (settings.market()) {
            case OPEN -> true;
            case CLOSED -> false;
            case CLOCK -> isOpenByClock(now);
        };
    }

    private boolean isOpenByClock(long now) {
        return switch (kind) {
            case TRADE, BOOK -> venue == Venue.KRX ? KisTime.within(now, 900, 1530) : KisTime.within(now, 800, 2000);
            case EXPECTED -> KisTime.within(now, 830, 900) || KisTime.within(now, 1520, 1530);
            default -> true;
        };
    }
}
