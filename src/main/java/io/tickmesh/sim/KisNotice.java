package io.tickmesh.sim;

/**
 * A domestic execution notice, to be sent on demand.
 *
 * @param filled an execution; else an order was accepted
 */
record KisNotice(String symbol, boolean sold, int quantity, int price, boolean filled, String order) {
    private static final int TEN_DIGITS = 999_999_999;

    static KisNotice read(Fields in) {
        return new KisNotice(
                in.text("symbol", "005930"),
                in.flag("sell", false),
                in.integer("quantity", 10, 0, TEN_DIGITS),
                in.integer("price", 70_700, 0, TEN_DIGITS),
                in.flag("filled", true),
                in.text("order", "0000012345"));
    }

    /** Its 26 fields before encryption. */
    String plain(long now, KisSimSettings settings) {
        String time = KisTime.TIME.format(
                KisTime.in(KisTime.KOREA, now + settings.stream().clockOffsetMs()));
        return String.join(
                "^",
                "SIMUSER",
                "1234567801",
                order,
                "",
                sold ? "01" : "02",
                "0",
                "00",
                "0",
                symbol,
                padded(quantity, 10),
                padded(price, 9),
                time,
                "0",
                filled ? "2" : "1",
                filled ? "2" : "1",
                "00950",
                padded(quantity, 9),
                "SIM",
                "",
                "1",
                "N",
                "",
                "00",
                "",
                "SAMPLE CO",
                padded(price, 9));
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
