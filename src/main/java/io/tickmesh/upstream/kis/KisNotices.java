package io.tickmesh.upstream.kis;

import io.tickmesh.market.Kind;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Reading;
import java.util.HashMap;
import java.util.Map;

/** The records of an account's orders and fills. */
final class KisNotices {
    private static final int HOUR = 11;
    private static final int CLOCK_DIGITS = 6;
    private static final String[] NAMES = {
        "CUST_ID",
        "ACNT_NO",
        "ODER_NO",
        "OODER_NO",
        "SELN_BYOV_CLS",
        "RCTF_CLS",
        "ODER_KIND",
        "ODER_COND",
        "STCK_SHRN_ISCD",
        "CNTG_QTY",
        "CNTG_UNPR",
        "STCK_CNTG_HOUR",
        "RFUS_YN",
        "CNTG_YN",
        "ACPT_YN",
        "BRNC_NO",
        "ODER_QTY",
        "ACNT_NAME",
        "ORD_COND_PRC",
        "ORD_EXG_GB",
        "POPUP_YN",
        "FILLER",
        "CRDT_CLS",
        "CRDT_LOAN_DATE",
        "CNTG_ISNM40",
        "ODER_PRC"
    };

    private final KisRecord record;

    KisNotices(KisRecord record) {
        this.record = record;
    }

    void notice(KisFields fields, KisChannel channel, long receivedAt, FeedEvents events) {
        record.begin(fields);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            values.put(NAMES[i], fields.text(i));
        }
        Reading reading = record.reading;
        reading.time(KisTime.micros(fields.digits(HOUR, CLOCK_DIGITS), receivedAt));
        reading.type(channel.name());
        reading.fields(values);
        events.onReading(Kind.NOTICE, reading);
    }
}
