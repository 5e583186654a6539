package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Reading;

/** The levels of a book, each an ask and a bid of the same place, best first. */
final class UpbitLevels {
    private static final JsonNames NAMES =
            new JsonNames("ask_price", "ap", "ask_size", "as", "bid_price", "bp", "bid_size", "bs");
    private static final byte[] NOTHING = {};

    private final Digits askPrice = new Digits();
    private final Digits askSize = new Digits();
    private final Digits bidPrice = new Digits();
    private final Digits bidSize = new Digits();
    private final Digits[] numbers = {askPrice, askSize, bidPrice, bidSize};
    private boolean sound;

    /** Reads the list that the reader stands at the start of; false if it holds something else than numbers. */
    boolean read(JsonReader json, Reading reading) throws JsonFault {
        sound = true;
        boolean first = true;
        for (Token token = json.next(); token != Token.END_ARRAY; token = json.next()) {
            if (token != Token.OBJECT) {
                sound = false;
                json.skipChildren();
                continue;
            }
            readLevel(json);
            if (sound && first) {
                first = false;
                tellBest(reading);
            }
            if (sound) {
                addLevel(reading);
            }
        }
        return sound;
    }

    private void readLevel(JsonReader json) throws JsonFault {
        for (Digits number : numbers) {
            number.read(NOTHING, 0, 0);
        }
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES) >> 1;
            Token value = json.next();
            if (name >= 0 && value != Token.NULL) {
                sound &= (value == Token.NUMBER || value == Token.STRING) && json.digits(numbers[name]);
            }
            json.skipChildren();
        }
    }

    /** A side without offers is told as Upbit does, by zeros: left out it would look as if nothing had changed. */
    private void tellBest(Reading reading) {
        reading.set(Field.ASK_PRICE, askPrice);
        reading.set(Field.ASK_SIZE, askSize);
        reading.set(Field.BID_PRICE, bidPrice);
        reading.set(Field.BID_SIZE, bidSize);
    }

    /** The thinner side of a book is filled up with zeros, which are no levels. */
    private void addLevel(Reading reading) {
        if (isLevel(askPrice, askSize)) {
            reading.asks().add(askPrice, askSize);
        }
        if (isLevel(bidPrice, bidSize)) {
            reading.bids().add(bidPrice, bidSize);
        }
    }

    private static boolean isLevel(Digits price, Digits size) {
        return price.present() && price.unscaled() > 0 && size.present();
    }
}
