package io.tickmesh.upstream;

import java.nio.charset.StandardCharsets;

/**
 * A frame in which one number grows by one each time, in place: the pool drops a trade that comes again, and a volume
 * that shrinks.
 */
final class RisingFrame {
    /** Long enough not to run over while a benchmark runs. */
    private static final int DIGITS = 12;

    final byte[] bytes;
    private final int lastDigit;

    RisingFrame(String text, String counting) {
        int end = counting.length();
        while (end > 0 && !Character.isDigit(counting.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && Character.isDigit(counting.charAt(start - 1))) {
            start--;
        }
        int found = text.indexOf(counting);
        if (found < 0) {
            throw new IllegalStateException("no " + counting + " in " + text);
        }
        StringBuilder longer = new StringBuilder(text);
        for (int i = end - start; start < end && i < DIGITS; i++) {
            longer.insert(found + start + 1, '0');
        }
        bytes = longer.toString().getBytes(StandardCharsets.UTF_8);
        int added = Math.max(0, DIGITS - (end - start));
        String before = longer.substring(0, found + start);
        lastDigit = end == 0 ? -1 : before.getBytes(StandardCharsets.UTF_8).length + end - start + added - 1;
    }

    /** Lets the number grow. */
    byte[] next() {
        int at = lastDigit;
        while (at >= 0 && ++bytes[at] > '9') {
            bytes[at--] = '0';
        }
        return bytes;
    }
}
