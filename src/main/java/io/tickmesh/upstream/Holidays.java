package io.tickmesh.upstream;

import io.tickmesh.market.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The days on which markets are closed, or trade at other hours than usual, as a file says. The file is YAML of one form:
 *
 * <pre>
 * KRX:
 *   - 2026-01-01              # closed
 *   - 2026-01-02 10:00-15:30  # open at these hours, in the market's own time
 * </pre>
 *
 * <p>Weekends are not in it. Days are counted from 1970 (as {@link LocalDate#toEpochDay}), so that a look costs no object
 * of {@code java.time}.
 */
public final class Holidays {
    /** The file that comes with the program. */
    public static final String BUILT_IN = "holidays.yaml";

    private static final Pattern MARKET = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*):");
    private static final Pattern DAY =
            Pattern.compile("\\s*- *[\"']?(\\d{4})-(\\d\\d)-(\\d\\d)(?: +(\\d\\d:\\d\\d) *- *(\\d\\d:\\d\\d))?[\"']?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private final Map<String, Map<Long, Hours>> markets = new HashMap<>();
    private final Map<String, Set<Integer>> years = new HashMap<>();

    /**
     * When a market trades on a day that is not as others, in minutes since its midnight.
     *
     * @param until the first minute after
     */
    public record Hours(int from, int until) {
        static final Hours NONE = new Hours(0, 0);

        /** Whether the market does not trade on that day. */
        public boolean closed() {
            return until == 0;
        }
    }

    private Holidays() {}

    /** What comes with the program. It reads a file from the program's own archive. */
    public static Holidays builtIn() {
        try (InputStream in = Holidays.class.getResourceAsStream('/' + BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is missing in the program");
            }
            return read(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an operator's file; blocks while it reads.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException that names every line that is wrong
     */
    public static Holidays of(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException that names the file and every line that is wrong
     */
    public static Holidays read(String file, String text) {
        Holidays holidays = new Holidays();
        List<String> problems = new ArrayList<>();
        String market = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String said = COMMENT.matcher(line).replaceFirst("").stripTrailing();
            Matcher head = MARKET.matcher(said);
            String problem = "";
            if (head.matches()) {
                market = head.group(1);
                problem = holidays.begin(market);
            } else if (!said.isBlank() && !said.equals("---")) {
                problem = holidays.add(market, said);
            }
            if (!problem.isEmpty()) {
                problems.add(file + " line " + number + ": " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return holidays;
    }

    private String begin(String market) {
        years.put(market, new HashSet<>());
        return markets.putIfAbsent(market, new HashMap<>()) == null ? "" : "market " + market + " stands there twice";
    }

    /** Adds a day; says what is wrong with the line, or nothing. */
    private String add(String market, String line) {
        Map<Long, Hours> days = markets.get(market);
        Matcher day = DAY.matcher(line);
        if (!day.matches()) {
            return "expected 'MARKET:', '- 2026-01-01' or '- 2026-01-02 10:00-15:30', but it is '"
                    + Printable.of(line.strip()) + "'";
        }
        if (days == null) {
            return "a day without a market above it";
        }
        long date;
        try {
            date = LocalDate.of(number(day, 1), number(day, 2), number(day, 3)).toEpochDay();
        } catch (DateTimeException e) {
            return "no such day: " + line.strip().substring(1).strip();
        }
        Hours hours = day.group(4) == null ? Hours.NONE : new Hours(minute(day.group(4)), minute(day.group(5)));
        if ((!hours.closed() && hours.from() >= hours.until()) || hours.until() > MINUTES_OF_A_DAY) {
            return "no such hours: " + day.group(4) + "-" + day.group(5);
        }
        years.getOrDefault(market, new HashSet<>()).add(number(day, 1));
        return days.putIfAbsent(date, hours) == null ? "" : "the day stands there twice";
    }

    private static int number(Matcher day, int group) {
        return Integer.parseInt(day.group(group));
    }

    /** Minutes since midnight, over those of a day if there is no such time. */
    private static int minute(String time) {
        int minutes = Integer.parseInt(time.substring(3));
        return minutes > 59 ? MINUTES_OF_A_DAY + 1 : 60 * Integer.parseInt(time.substring(0, 2)) + minutes;
    }

    /** What is special on that day at that market, or null if it is a day as others. */
    public @Nullable Hours on(String market, long epochDay) {
        Map<Long, Hours> days = markets.get(market);
        return days == null ? null : days.get(epochDay);
    }

    /** Whether the market does not trade on that day; weekends are not asked for here. */
    public boolean closed(String market, long epochDay) {
        Hours hours = on(market, epochDay);
        return hours != null && hours.closed();
    }

    /** The days on which a market does not trade though others do. */
    public Set<LocalDate> closedDays(String market) {
        Map<Long, Hours> days = markets.getOrDefault(market, Map.of());
        return days.entrySet().stream()
                .filter(day -> day.getValue().closed())
                .map(day -> LocalDate.ofEpochDay(day.getKey()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the file says anything of a market's year: if not, it is likely that nobody has brought it up to date. */
    public boolean covers(String market, int year) {
        return years.getOrDefault(market, Set.of()).contains(year);
    }
}
