package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.FeedEvents;
import org.jspecify.annotations.Nullable;

/**
 * Data frames: {@code <enc>|<tr_id>|<count>|<payload>}. How wide a record is changes over the years and is told by no
 * field: it is the number of fields by the number of records.
 */
final class KisData {
    private static final int TR_ID = 2;
    private static final int MOST_COUNT_DIGITS = 6;

    private final KisCipher cipher;
    private final KisFields fields = new KisFields();
    private final KisStocks stocks;
    private final KisOverseas overseas;
    private final KisNotices notices;

    KisData(KisCipher cipher) {
        KisRecord record = new KisRecord();
        this.cipher = cipher;
        this.stocks = new KisStocks(record);
        this.overseas = new KisOverseas(record);
        this.notices = new KisNotices(record);
    }

    void decode(byte[] message, int length, long receivedAt, FeedEvents events) {
        int afterTrId = bar(message, TR_ID, length);
        int afterCount = afterTrId < 0 ? -1 : bar(message, afterTrId + 1, length);
        if (afterCount < 0 || message[1] != '|') {
            events.onBadFrame("data frame without its four parts");
            return;
        }
        @Nullable KisChannel channel = KisChannel.of(message, TR_ID, afterTrId);
        if (channel == null) {
            events.onUnknown();
            return;
        }
        int count = count(message, afterTrId + 1, afterCount);
        if (count <= 0) {
            events.onBadFrame(channel + " without a number of records");
        } else if (message[0] == '0') {
            fields.split(message, afterCount + 1, length);
            tell(channel, count, receivedAt, events);
        } else {
            decodeEncrypted(channel, count, cipher.plain(channel, message, afterCount + 1, length), receivedAt, events);
        }
    }

    private void decodeEncrypted(
            KisChannel channel, int count, byte @Nullable [] plain, long receivedAt, FeedEvents events) {
        if (plain != null) {
            fields.split(plain, 0, plain.length);
            tell(channel, count, receivedAt, events);
        } else {
            events.onBadFrame(channel + (cipher.knows(channel) ? " cannot be decrypted" : " came before its key"));
        }
    }

    /** Where the next bar is, or -1. */
    private static int bar(byte[] message, int from, int length) {
        for (int i = from; i < length; i++) {
            if (message[i] == '|') {
                return i;
            }
        }
        return -1;
    }

    private static int count(byte[] message, int from, int to) {
        if (to - from > MOST_COUNT_DIGITS) {
            return -1;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            int digit = message[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count;
    }

    private void tell(KisChannel channel, int count, long receivedAt, FeedEvents events) {
        int width = fields.count() / count;
        if (width * count != fields.count() || width < channel.fewestFields()) {
            events.onBadFrame(channel + ": " + fields.count() + " fields in " + count + " records");
            return;
        }
        for (int i = 0; i < count; i++) {
            fields.record(i * width);
            tellRecord(channel, width, receivedAt, events);
        }
    }

    private void tellRecord(KisChannel channel, int width, long receivedAt, FeedEvents events) {
        switch (channel.sort()) {
            case TRADE -> stocks.trade(fields, channel.venue(), receivedAt, events);
            case BOOK -> stocks.book(fields, channel.venue(), receivedAt, events);
            case EXPECTED -> stocks.expected(fields, channel.venue(), receivedAt, events);
            case STATUS -> stocks.status(fields, width, channel.venue(), events);
            case OVERSEAS_TRADE -> overseas.trade(fields, receivedAt, events);
            case OVERSEAS_BOOK -> overseas.book(fields, width, receivedAt, events);
            case NOTICE -> notices.notice(fields, channel, receivedAt, events);
        }
    }
}
