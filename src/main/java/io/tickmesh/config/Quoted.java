package io.tickmesh.config;

/** Makes what somebody wrote safe to show: short, on one line, without control characters. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String value(String text) {
        return '"' + name(text) + '"';
    }

    static String name(String text) {
        String plain = text.replaceAll("\\p{C}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
