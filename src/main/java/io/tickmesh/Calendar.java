package io.tickmesh;

import io.tickmesh.config.NodeConfig;
import io.tickmesh.upstream.Holidays;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The days on which markets are closed: of the operator's file, or those that come with the program. */
final class Calendar {
    private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);

    private Calendar() {}

    /**
     * Reads the days; blocks while it reads.
     *
     * @throws IllegalArgumentException that names the file and every line that is wrong
     */
    static Holidays of(NodeConfig config) {
        @Nullable Path file = config.holidays();
        if (file == null) {
            return Holidays.builtIn();
        }
        try {
            return Holidays.of(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #of}, and says once in the log which markets it knows nothing of this year. */
    static Holidays checked(NodeConfig config) {
        Holidays holidays = of(config);
        int year = LocalDate.now(ZoneOffset.UTC).getYear();
        missing(holidays, year)
                .forEach(market -> LOG.atWarn()
                        .addKeyValue("market", market)
                        .addKeyValue("year", year)
                        .log("no holidays are known, the market counts as open on all of them; set upstream.holidays"));
        return holidays;
    }

    /** The markets whose year is not covered. */
    static List<String> missing(Holidays holidays, int year) {
        return Providers.MARKETS.stream()
                .filter(market -> !holidays.covers(market, year))
                .toList();
    }
}
