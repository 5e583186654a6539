package io.tickmesh.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes: a whole number and a unit. */
final class Quantities {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})([A-Za-z]*)");
    private static final Map<String, Long> TIMES = units("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> SIZES = units("", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

    private Quantities() {}

    /** {@code 100ms}, {@code 5s}, {@code 5m}, {@code 1h}. */
    static ValueType<Duration> duration(Duration least, Duration most) {
        return ValueType.scalar(
                "a time from " + write(least) + " to " + write(most) + " such as 100ms, 5s or 5m",
                text -> read(text, TIMES)
                        .map(Duration::ofMillis)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
                Quantities::write);
    }

    /** Bytes: a plain number or {@code 64KB}, {@code 64MB}, {@code 1GB}, by 1,024. */
    static ValueType<Long> bytes(long least, long most) {
        return ValueType.scalar(
                "a size from " + write(least, SIZES) + " to " + write(most, SIZES) + " such as 65536, 64KB or 64MB",
                text -> read(text, SIZES).filter(value -> value >= least && value <= most),
                value -> write(value, SIZES));
    }

    private static Optional<Long> read(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long factor = units.get(matcher.group(2).toUpperCase(Locale.ROOT));
        if (factor == null) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(factor));
        return value.bitLength() < Long.SIZE ? Optional.of(value.longValue()) : Optional.empty();
    }

    private static String write(Duration value) {
        return write(value.toMillis(), TIMES).toLowerCase(Locale.ROOT);
    }

    /** With the largest unit that leaves a whole number. */
    private static String write(long value, Map<String, Long> units) {
        String text = "";
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (text.isEmpty() || (value != 0 && value % unit.getValue() == 0)) {
                text = value / unit.getValue() + unit.getKey();
            }
        }
        return text;
    }

    private static Map<String, Long> units(Object... namesAndFactors) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFactors.length; i += 2) {
            units.put(namesAndFactors[i].toString().toUpperCase(Locale.ROOT), (Long) namesAndFactors[i + 1]);
        }
        return units;
    }
}
