package io.tickmesh.market;

/** Something that is traded, in the words of one provider: {@code fmp:AAPL}. */
public record Instrument(String provider, String symbol) {
    private static final int LONGEST = 32;

    public Instrument {
        check("provider", provider);
        check("symbol", symbol);
    }

    private static void check(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    what + " is longer than " + LONGEST + " characters: '" + Printable.of(text) + "'");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!allowed(text.charAt(i))) {
                throw new IllegalArgumentException(
                        what + " has a character that is not allowed: '" + Printable.of(text) + "'");
            }
        }
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-^=+".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return provider + ':' + symbol;
    }
}
