package io.tickmesh.market;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as the client contracts write them: local, without a zone, with microseconds unless there are none. */
public final class IsoLocal {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FINE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private IsoLocal() {}

    public static String now() {
        return of(Instant.now());
    }

    public static String of(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, ZoneId.systemDefault());
        return local.get(ChronoField.MICRO_OF_SECOND) == 0 ? WHOLE.format(local) : FINE.format(local);
    }
}
