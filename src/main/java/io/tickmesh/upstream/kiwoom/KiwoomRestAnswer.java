package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Kind;
import io.tickmesh.upstream.BookSide;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One answer of Kiwoom's REST: an object of texts, whose names tell what they are. */
final class KiwoomRestAnswer {
    private static final int LEVELS = 10;
    private static final JsonNames CONTROL = new JsonNames("return_code", "return_msg", "bid_req_base_tm");
    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("pred_pre", Field.CHANGE),
            Map.entry("flu_rt", Field.CHANGE_RATE),
            Map.entry("trde_qty", Field.VOLUME),
            Map.entry("tot_sel_req", Field.ASK_TOTAL),
            Map.entry("tot_buy_req", Field.BID_TOTAL),
            Map.entry("sel_fpr_req", Field.ASK_SIZE),
            Map.entry("buy_fpr_req", Field.BID_SIZE));

    /** Their signs are directions; 0 before there is one. */
    private static final Map<String, Field> PRICES = Map.of(
            "open_pric", Field.OPEN,
            "high_pric", Field.HIGH,
            "low_pric", Field.LOW,
            "base_pric", Field.PREVIOUS_CLOSE);

    private record Value(long unscaled, int scale) {
        Value abs() {
            return new Value(Math.abs(unscaled), scale);
        }
    }

    long returnCode = KiwoomFrame.NO_CODE;
    String message = "";

    private final Reading reading = new Reading();
    private final Digits digits = new Digits();
    private final Map<String, Value> values = new HashMap<>();
    private long time = Reading.NO_TIME;

    /** Reads the body; tells what is wrong with it, or null. */
    @Nullable
    String read(byte[] body, long receivedAt) {
        JsonReader json = new JsonReader();
        json.reset(body, body.length);
        try {
            if (json.next() != Token.OBJECT) {
                return "not an object";
            }
            while (json.next() != Token.END_OBJECT) {
                readField(json, receivedAt);
            }
            return null;
        } catch (JsonFault e) {
            return "not JSON: " + e.getMessage();
        }
    }

    private void readField(JsonReader json, long receivedAt) throws JsonFault {
        int control = json.in(CONTROL);
        String name = control < 0 ? json.text() : "";
        Token token = json.next();
        if (token != Token.STRING && token != Token.NUMBER) {
            json.skipChildren();
            return;
        }
        switch (control) {
            case 0 -> returnCode = isWhole(json) ? digits.unscaled() : -1;
            case 1 -> message = json.text();
            case 2 ->
                time = KiwoomTime.believable(
                        KiwoomTime.nearest(json.bytes(), json.start(), json.end(), receivedAt), receivedAt);
            default -> {
                if (json.digits(digits) && digits.present()) {
                    values.put(name, new Value(digits.unscaled(), digits.scale()));
                }
            }
        }
    }

    private boolean isWhole(JsonReader json) {
        return json.digits(digits) && digits.present() && digits.scale() == 0;
    }

    /** Tells the kinds that were asked for, where the answer has them. */
    void tell(String key, Set<Kind> kinds, FeedEvents events) {
        if (kinds.contains(Kind.TRADE) || kinds.contains(Kind.TICKER)) {
            tellPrice(key, kinds, events);
        }
        if (kinds.contains(Kind.EXPECTED)) {
            begin(key);
            if (price("exp_cntr_pric", Field.PRICE)) {
                set("exp_cntr_qty", Field.SIZE);
                events.onReading(Kind.EXPECTED, reading);
            }
        }
        if (kinds.contains(Kind.QUOTE) || kinds.contains(Kind.BOOK)) {
            tellBook(key, kinds, events);
        }
    }

    private void begin(String key) {
        reading.clear();
        reading.key(key);
        reading.time(time);
    }

    private void tellPrice(String key, Set<Kind> kinds, FeedEvents events) {
        begin(key);
        if (!price("cur_prc", Field.PRICE)) {
            events.onBadFrame("ka10001 without a price");
            return;
        }
        FIELDS.forEach(this::set);
        PRICES.forEach(this::price);
        tell(Kind.TRADE, kinds, events);
        tell(Kind.TICKER, kinds, events);
    }

    private void tell(Kind kind, Set<Kind> kinds, FeedEvents events) {
        if (kinds.contains(kind)) {
            events.onReading(kind, reading);
        }
    }

    private void tellBook(String key, Set<Kind> kinds, FeedEvents events) {
        begin(key);
        level(reading.asks(), "sel_fpr_bid", "sel_fpr_req");
        level(reading.bids(), "buy_fpr_bid", "buy_fpr_req");
        for (int i = 2; i <= LEVELS; i++) {
            level(reading.asks(), "sel_" + i + "th_pre_bid", "sel_" + i + "th_pre_req");
            level(reading.bids(), "buy_" + i + "th_pre_bid", "buy_" + i + "th_pre_req");
        }
        if (reading.asks().count() + reading.bids().count() == 0) {
            events.onBadFrame("ka10004 without a level");
            return;
        }
        FIELDS.forEach(this::set);
        price("sel_fpr_bid", Field.ASK_PRICE);
        price("buy_fpr_bid", Field.BID_PRICE);
        tell(Kind.BOOK, kinds, events);
        if (reading.has(Field.ASK_PRICE) || reading.has(Field.BID_PRICE)) {
            tell(Kind.QUOTE, kinds, events);
        }
    }

    private void set(String name, Field field) {
        @Nullable Value value = values.get(name);
        if (value != null) {
            reading.set(field, value.unscaled(), value.scale());
        }
    }

    private boolean price(String name, Field field) {
        @Nullable Value value = values.get(name);
        if (value == null || value.unscaled() == 0) {
            return false;
        }
        reading.set(field, value.abs().unscaled(), value.scale());
        return true;
    }

    private void level(BookSide side, String priceName, String sizeName) {
        @Nullable Value price = values.get(priceName);
        @Nullable Value size = values.get(sizeName);
        if (price != null && price.unscaled() != 0 && size != null) {
            side.add(price.abs().unscaled(), price.scale(), size.abs().unscaled(), size.scale());
        }
    }
}
