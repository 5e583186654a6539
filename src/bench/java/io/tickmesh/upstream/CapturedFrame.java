package io.tickmesh.upstream;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.fmp.Fmp;
import io.tickmesh.upstream.kis.Kis;
import io.tickmesh.upstream.kis.KisHours;
import io.tickmesh.upstream.kiwoom.Kiwoom;
import io.tickmesh.upstream.upbit.Upbit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What is decoded: a line of a captured file, and the topic that it is for. */
public enum CapturedFrame {
    FMP_TRADE("fmp/stock.jsonl", 0, "", "trade/fmp:AAPL"),
    FMP_QUOTE("fmp/stock.jsonl", 1, "", "quote/fmp:AAPL"),
    KIS_TRADE("kis/trade.txt", 1, "^1000064^", "trade/kis:000001"),
    KIS_OVERSEAS_TRADE("kis/overseas.txt", 0, "^1000040^", "trade/kis:NAS.AAPL"),
    KIS_BOOK("kis/book.txt", 0, "", "book/kis:000001"),
    KIWOOM_TRADE("kiwoom/trade.jsonl", 0, "\"13\":\"1000064\"", "trade/kiwoom:000001"),
    KIWOOM_BOOK("kiwoom/book.jsonl", 0, "", "book/kiwoom:000001"),
    UPBIT_TRADE("upbit/trade.jsonl", 1, "\"sid\":1827302400120001", "trade/upbit:KRW-BTC"),
    UPBIT_TICKER("upbit/ticker.jsonl", 1, "", "ticker/upbit:KRW-BTC"),
    UPBIT_BOOK("upbit/orderbook.jsonl", 1, "", "book/upbit:KRW-BTC");

    private static final long KIS_NOW = 1_791_767_704_000_000L;
    private static final long KIWOOM_NOW = 1_795_137_304_500_000L;
    private static final long OTHERS_NOW = 1_827_302_400_500_000L;

    private final String file;
    private final int line;
    private final String counting;
    private final String topic;

    /** {@code counting} ends with the number, if there is one, that tells a trade from the one before. */
    CapturedFrame(String file, int line, String counting, String topic) {
        this.file = file;
        this.line = line;
        this.counting = counting;
        this.topic = topic;
    }

    Topic topic() {
        return Topic.parse(topic);
    }

    String providerName() {
        return file.substring(0, file.indexOf('/'));
    }

    Provider provider() {
        return switch (providerName()) {
            case "fmp" -> new Fmp();
            case "kis" -> new Kis(new KisHours());
            case "kiwoom" -> new Kiwoom(Set.of());
            default -> new Upbit(1);
        };
    }

    /** When the capture was taken, so that its times are believed. */
    long now() {
        return switch (providerName()) {
            case "kis" -> KIS_NOW;
            case "kiwoom" -> KIWOOM_NOW;
            default -> OTHERS_NOW;
        };
    }

    String text() {
        try (InputStream in = CapturedFrame.class.getResourceAsStream("/feeds/" + file)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: feeds/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()
                    .get(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frame, again and again as another trade. */
    RisingFrame rising() {
        return new RisingFrame(text(), counting);
    }
}
