package io.tickmesh;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Writes frames of trades as KIS sends them, all of the moment when the tape was made. */
final class KisTape {
    /** The fields behind the size of the day up to the date, and those behind the date. */
    private static final String AMOUNTS =
            "70416506368^1201^1350^149^104.18^480000^500064^1^0.51^61.20^090004^2^600" + "^093112^5^-500^090211^2^800";

    private static final String REST = "20^N^1510^2044^81200^90455^0.02^1650321^60.61^0^^70100^2";
    private static final String PRICES = "2^700^1.00^70412.55^70100^71200^69900^70700^70600";

    private final ZonedDateTime moment = Instant.now().atZone(ZoneId.of("Asia/Seoul"));
    private long volumeOfDay = 1_000_000;

    /** Korean time as the contracts write it. */
    String clock() {
        return DateTimeFormatter.ofPattern("HHmmss").format(moment);
    }

    String trade(String code, long price, long size) {
        volumeOfDay += size;
        String date = DateTimeFormatter.ofPattern("yyyyMMdd").format(moment);
        return "0|H0STCNT0|001|"
                + String.join(
                        "^",
                        code,
                        clock(),
                        Long.toString(price),
                        PRICES,
                        Long.toString(size),
                        Long.toString(volumeOfDay),
                        AMOUNTS,
                        date,
                        REST);
    }
}
