package io.tickmesh.sim;

import org.jspecify.annotations.Nullable;

/** The kinds of real-time data by their case-sensitive ids; the silent ones may be registered and are never fed. */
enum KiwoomType {
    ORDER("00", "주문체결", Kind.ACCOUNT),
    BALANCE("04", "잔고", Kind.ACCOUNT),
    QUOTE("0A", "주식기세", Kind.SLOW),
    TRADE("0B", "주식체결", Kind.TRADE),
    BEST("0C", "주식우선호가", Kind.BOOK),
    BOOK("0D", "주식호가잔량", Kind.BOOK),
    AFTER_HOURS("0E", "주식시간외호가", Kind.SLOW),
    BROKERS("0F", "주식당일거래원", Kind.SILENT),
    NAV("0G", "ETF NAV", Kind.SILENT),
    EXPECTED("0H", "주식예상체결", Kind.SLOW),
    GOLD("0I", "국제금환산가격", Kind.SILENT),
    INDEX("0J", "업종지수", Kind.SILENT),
    BREADTH("0U", "업종등락", Kind.SILENT),
    INFO("0g", "주식종목정보", Kind.SILENT),
    ELW_THEORY("0m", "ELW 이론가", Kind.SILENT),
    SESSION_TIME("0s", "장시작시간", Kind.MARKET),
    ELW_INDICATOR("0u", "ELW 지표", Kind.SILENT),
    PROGRAM("0w", "종목프로그램매매", Kind.SILENT),
    VI("1h", "VI발동/해제", Kind.MARKET);

    /** When a type is fed. */
    enum Kind {
        TRADE,
        BOOK,
        /** Per symbol, now and then. */
        SLOW,
        /** Not per symbol, now and then. */
        MARKET,
        /** Of the account, now and then. */
        ACCOUNT,
        SILENT
    }

    private final String id;
    private final String title;
    private final Kind kind;

    KiwoomType(String id, String title, Kind kind) {
        this.id = id;
        this.title = title;
        this.kind = kind;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    static @Nullable KiwoomType of(String id) {
        for (KiwoomType each : values()) {
            if (each.id.equals(id)) {
                return each;
            }
        }
        return null;
    }
}
