package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Names;
import java.nio.charset.StandardCharsets;

/**
 * The level that the prices of a book are gathered by, filled again for each frame. It is a number that may be written in
 * many ways and a part of the key by which books are told apart, which has one.
 */
final class UpbitLevel {
    private static final int LONGEST_MARKET = 32;
    private static final int LONGEST_NUMBER = 32;

    private final Digits digits = new Digits();
    private final Names keys = new Names(false);
    private final byte[] text = new byte[LONGEST_MARKET + 1 + LONGEST_NUMBER];
    private boolean said;
    private boolean sound = true;

    void clear() {
        said = false;
        sound = true;
    }

    /** Reads the value that the reader stands at. */
    void read(JsonReader json, Token value) {
        if (value != Token.NULL) {
            sound = (value == Token.NUMBER || value == Token.STRING)
                    && json.digits(digits)
                    && digits.present()
                    && digits.unscaled() >= 0;
            said = sound;
        }
    }

    /** Whether what the book says, if it says anything, is a level. */
    boolean isSound() {
        return sound;
    }

    /** Whether the book says its level, which is 0 where its prices are not gathered. */
    boolean said() {
        return said;
    }

    boolean isGrouped() {
        return said && digits.unscaled() > 0;
    }

    /** The key of a grouped book of this market. */
    String keyIn(String market) {
        int start = writeNumber();
        if (!isShortAndPlain(market)) {
            return market + '.' + new String(text, start, text.length - start, StandardCharsets.US_ASCII);
        }
        text[--start] = '.';
        for (int i = market.length() - 1; i >= 0; i--) {
            text[--start] = (byte) market.charAt(i);
        }
        return keys.of(text, start, text.length);
    }

    private static boolean isShortAndPlain(String market) {
        for (int i = 0; i < market.length(); i++) {
            if (market.charAt(i) > '~') {
                return false;
            }
        }
        return market.length() <= LONGEST_MARKET;
    }

    /** Writes the number, without zeros that say nothing, at the end of the text; returns where it begins. */
    private int writeNumber() {
        long rest = digits.unscaled();
        int behindPoint = digits.scale();
        while (behindPoint > 0 && rest % 10 == 0) {
            rest /= 10;
            behindPoint--;
        }
        int start = text.length;
        do {
            text[--start] = (byte) ('0' + rest % 10);
            rest /= 10;
            behindPoint--;
            if (behindPoint == 0) {
                text[--start] = '.';
            }
        } while (rest > 0 || behindPoint >= 0);
        return start;
    }

    /** The number that was read last, in the form of a topic; empty for 0 and for what is no level. */
    String canonical() {
        if (!isGrouped()) {
            return "";
        }
        int start = writeNumber();
        return keys.of(text, start, text.length);
    }
}
