package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.RestAdvice;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Upbit's answers say of its limits: how many requests it still takes in this second, and after 418 how long it
 * blocks. That an answer names the block is known, in which form is not: {@code Retry-After} is read, and else a length
 * of time in the text.
 */
final class UpbitLimits {
    private static final int TOO_MANY = 429;
    private static final int BLOCKED = 418;
    private static final int LONGEST_TEXT = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Where 418 names no time: it comes to those who went on after 429, and grows if they go on now. */
    private static final Duration UNKNOWN_BLOCK = Duration.ofMinutes(1);

    private static final Duration LONGEST_BLOCK = Duration.ofDays(1);
    private static final Pattern LEFT = Pattern.compile("(?:^|;)\\s*sec=(\\d{1,6})\\s*(?:;|$)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Pattern BLOCK =
            Pattern.compile("(\\d{1,6})\\s*(seconds?\\b|sec\\b|s\\b|초|minutes?\\b|min\\b|분|hours?\\b|시간)");

    private UpbitLimits() {}

    static boolean isTooFast(int status) {
        return status == TOO_MANY || status == BLOCKED;
    }

    static RestAdvice advice(RestReply reply) {
        return new RestAdvice(left(reply), pause(reply));
    }

    private static int left(RestReply reply) {
        String header = reply.header("Remaining-Req");
        Matcher left = LEFT.matcher(header == null ? "" : header);
        return left.find() ? Integer.parseInt(left.group(1)) : RestAdvice.PLENTY;
    }

    /** How long to ask for nothing at all; a handshake is answered in the same way. */
    static Duration pause(RestReply reply) {
        return switch (reply.status()) {
            case TOO_MANY -> SECOND;
            case BLOCKED -> within(block(reply));
            default -> Duration.ZERO;
        };
    }

    private static Duration within(Duration block) {
        return block.compareTo(SECOND) < 0 ? SECOND : block.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : block;
    }

    private static Duration block(RestReply reply) {
        String header = reply.header("Retry-After");
        if (header != null && SECONDS.matcher(header).matches()) {
            return Duration.ofSeconds(Integer.parseInt(header));
        }
        byte[] body = reply.body();
        Matcher named = BLOCK.matcher(new String(body, 0, Math.min(LONGEST_TEXT, body.length), StandardCharsets.UTF_8));
        return named.find() ? length(Integer.parseInt(named.group(1)), named.group(2)) : UNKNOWN_BLOCK;
    }

    private static Duration length(int number, String unit) {
        return switch (unit.charAt(0)) {
            case 'm', '분' -> Duration.ofMinutes(number);
            case 'h', '시' -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
