package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Printable;
import java.util.Locale;

/** What Kiwoom means by the numbers and words with which it refuses something. */
final class KiwoomRefusals {
    /** Something came before the login was accepted. */
    static final int NOT_LOGGED_IN = 100_013;

    /** Too many calls, where the text does not say more. */
    static final int BUSY = 5;

    /** Codes have six characters; a number may have twenty. */
    private static final int LONGEST_CODE = 20;

    private static final String WEBSOCKET_CODE = "CODE=";
    private static final int MOST_DIGITS = 7;

    private KiwoomRefusals() {}

    /** What is really wrong: the number within the text, where there is one, else the return code. */
    static long reason(long returnCode, String text) {
        int marked = text.indexOf(WEBSOCKET_CODE);
        long inner = marked < 0 ? -1 : number(text, marked + WEBSOCKET_CODE.length());
        for (int at = text.indexOf('['); at >= 0 && inner < 0; at = text.indexOf('[', at + 1)) {
            inner = number(text, at + 1);
        }
        return inner < 0 ? returnCode : inner;
    }

    private static long number(String text, int from) {
        long number = 0;
        int at = from;
        while (at < text.length() && at - from < MOST_DIGITS && isDigit(text.charAt(at))) {
            number = number * 10 + text.charAt(at) - '0';
            at++;
        }
        return at == from ? -1 : number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether another token may help: also one that was issued to another address, as after a takeover. */
    static boolean isOfToken(long reason) {
        return reason == 8003 || reason == 8005 || reason == 8010 || reason == 8031 || reason == 8103;
    }

    /** Whether the application or the account is not accepted. */
    static boolean isOfAccount(long reason) {
        return (reason >= 8_000 && reason < 9_000) || reason == 805_004;
    }

    /** Whether asking again for a token changes nothing before somebody changes the account or its keys. */
    static boolean isOfCredentials(long reason) {
        boolean failed = reason == 8003 || reason == 8006 || reason == 8009;
        return !failed && (isOfAccount(reason) || (reason >= 1511 && reason <= 1517));
    }

    static boolean isTooFast(long reason) {
        return reason >= 1700 && reason <= 1702;
    }

    /** Whether there is no room for more registrations; the words are not certain. */
    static boolean isOfRoom(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        boolean exceeded = folded.contains("초과") || folded.contains("exceed");
        return exceeded && !folded.contains("요청") && !folded.contains("request");
    }

    /** For a log line or a state: short, printable. */
    static String said(String code, String text) {
        String start = code.substring(0, Math.min(code.length(), LONGEST_CODE));
        return Printable.of(start) + (text.isBlank() ? "" : " " + Printable.of(text));
    }
}
