package io.tickmesh.market;

/** Makes text from outside safe to repeat in an answer or a log line: short, and without control characters. */
public final class Printable {
    private static final int LONGEST = 60;

    private Printable() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST + 3));
        for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
            char c = text.charAt(i);
            out.append(
                    Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return text.length() > LONGEST ? out.append("...").toString() : out.toString();
    }
}
