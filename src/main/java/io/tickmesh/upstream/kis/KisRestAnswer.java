package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.BookSide;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/** One answer of REST: its result, beside one object or several that hold the numbers. */
final class KisRestAnswer {
    private static final String[] PLAIN = {
        "rt_cd",
        "msg_cd",
        "error_code",
        "prdy_vrss_sign",
        "stck_prpr",
        "prdy_vrss",
        "prdy_ctrt",
        "acml_vol",
        "acml_tr_pbmn",
        "stck_oprc",
        "stck_hgpr",
        "stck_lwpr",
        "total_askp_rsqn",
        "total_bidp_rsqn"
    };
    private static final int SIGN = 3;
    private static final int PRICE = 4;
    private static final int CHANGE = 5;
    private static final int CHANGE_RATE = 6;
    private static final int VOLUME = 7;
    private static final int AMOUNT = 8;
    private static final int OPEN = 9;
    private static final int HIGH = 10;
    private static final int LOW = 11;
    private static final int ASK_TOTAL = 12;
    private static final int BID_TOTAL = 13;

    private static final String[] SIDES = {"askp", "askp_rsqn", "bidp", "bidp_rsqn"};
    private static final int LEVELS = 10;
    private static final int ASK_PRICES = PLAIN.length;
    private static final int ASK_SIZES = ASK_PRICES + LEVELS;
    private static final int BID_PRICES = ASK_SIZES + LEVELS;
    private static final int BID_SIZES = BID_PRICES + LEVELS;
    private static final String[] ALL = all();
    private static final JsonNames NAMES = new JsonNames(ALL);

    private final JsonReader json = new JsonReader();
    private final Digits[] numbers = new Digits[ALL.length];
    private boolean sound;
    private boolean success;
    private String code = "";
    private char direction;
    private @Nullable String fault;

    KisRestAnswer(byte[] body) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Digits();
        }
        json.reset(body, body.length);
        try {
            sound = json.next() == Token.OBJECT;
            if (sound) {
                readObject();
            }
        } catch (JsonFault e) {
            sound = false;
        }
    }

    private static String[] all() {
        String[] all = new String[PLAIN.length + SIDES.length * LEVELS];
        System.arraycopy(PLAIN, 0, all, 0, PLAIN.length);
        for (int i = PLAIN.length; i < all.length; i++) {
            int place = i - PLAIN.length;
            all[i] = SIDES[place / LEVELS] + (place % LEVELS + 1);
        }
        return all;
    }

    private void readObject() throws JsonFault {
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            Token value = json.next();
            if (value == Token.OBJECT) {
                readObject();
            } else if (name >= 0 && (value == Token.STRING || value == Token.NUMBER)) {
                readText(name);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readText(int name) {
        if (name == 0) {
            success = json.is("0");
        } else if (name < SIGN) {
            code = json.text();
        } else if (name == SIGN) {
            direction = json.end() - json.start() == 1 ? (char) json.bytes()[json.start()] : 0;
        } else if (!json.digits(numbers[name])) {
            fault = ALL[name] + " is not a number that is kept";
        }
    }

    /** Whether it is an object of JSON. */
    boolean isSound() {
        return sound;
    }

    boolean isSuccess() {
        return success;
    }

    String code() {
        return code;
    }

    /** Which number makes no sense, if one does not. */
    @Nullable
    String fault() {
        return fault;
    }

    /** The summary of the day; false if there is no price in it. */
    boolean toTicker(Reading reading) {
        Digits price = numbers[PRICE];
        if (!price.present() || price.unscaled() <= 0) {
            return false;
        }
        KisChange.sign(numbers[CHANGE], direction);
        KisChange.sign(numbers[CHANGE_RATE], direction);
        reading.set(Field.PRICE, price);
        reading.set(Field.CHANGE, numbers[CHANGE]);
        reading.set(Field.CHANGE_RATE, numbers[CHANGE_RATE]);
        reading.set(Field.VOLUME, numbers[VOLUME]);
        reading.set(Field.AMOUNT, numbers[AMOUNT]);
        setPrice(reading, Field.OPEN, numbers[OPEN]);
        setPrice(reading, Field.HIGH, numbers[HIGH]);
        setPrice(reading, Field.LOW, numbers[LOW]);
        KisChange.setPreviousClose(reading, price, numbers[CHANGE]);
        return true;
    }

    private static void setPrice(Reading reading, Field field, Digits price) {
        if (price.unscaled() != 0) {
            reading.set(field, price);
        }
    }

    /** The book and its best prices; false if there is no level in it. */
    boolean toBook(Reading reading) {
        for (int i = 0; i < LEVELS; i++) {
            addLevel(reading.asks(), numbers[ASK_PRICES + i], numbers[ASK_SIZES + i]);
            addLevel(reading.bids(), numbers[BID_PRICES + i], numbers[BID_SIZES + i]);
        }
        reading.set(Field.ASK_TOTAL, numbers[ASK_TOTAL]);
        reading.set(Field.BID_TOTAL, numbers[BID_TOTAL]);
        reading.set(Field.ASK_PRICE, numbers[ASK_PRICES]);
        reading.set(Field.ASK_SIZE, numbers[ASK_SIZES]);
        reading.set(Field.BID_PRICE, numbers[BID_PRICES]);
        reading.set(Field.BID_SIZE, numbers[BID_SIZES]);
        return reading.asks().count() + reading.bids().count() > 0;
    }

    private static void addLevel(BookSide side, Digits price, Digits size) {
        if (price.present() && price.unscaled() != 0 && size.present()) {
            side.add(price, size);
        }
    }
}
