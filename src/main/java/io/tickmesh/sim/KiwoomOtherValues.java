package io.tickmesh.sim;

/** What market-wide types and those of the account carry. */
final class KiwoomOtherValues {
    static final String ACCOUNT = "1234567890";

    private KiwoomOtherValues() {}

    static KiwoomValues sessionTime(String time) {
        return new KiwoomValues().put(215, "3").put(20, time).put(214, "000000");
    }

    /** A volatility interruption, or its release. */
    static KiwoomValues interruption(KiwoomState state, String time) {
        boolean released = (state.tape().look(state.event(), 6) & 1) == 1;
        return new KiwoomValues()
                .put(9001, state.item().stock())
                .put(302, state.item().title())
                .put(9068, released ? "2" : "1")
                .put(1221, state.prices().last())
                .put(1223, time)
                .put(1224, released ? time : "000000")
                .put(1225, "정적")
                .put(1236, state.base())
                .put(1237, "0")
                .put(1489, state.rate())
                .put(1490, "1")
                .put(9069, state.change() < 0 ? "2" : "1");
    }

    static KiwoomValues order(KiwoomState state, String time) {
        long quantity = Math.abs(state.amounts().size());
        boolean bought = state.amounts().size() > 0;
        long number = Math.floorMod(state.event(), 10_000_000L);
        return new KiwoomValues()
                .put(9201, ACCOUNT)
                .put(9203, String.valueOf(number))
                .put(9001, "A" + state.item().stock())
                .put(913, "체결")
                .put(900, quantity)
                .put(901, state.prices().last())
                .put(902, "0")
                .put(904, "0000000")
                .put(905, bought ? "+매수" : "-매도")
                .put(907, bought ? "2" : "1")
                .put(908, time)
                .put(909, String.valueOf(number + 1))
                .put(910, state.prices().last())
                .put(911, quantity)
                .put(919, "0")
                .put(2134, "1")
                .put(2135, "KRX")
                .put(2136, "N");
    }

    static KiwoomValues balance(KiwoomState state) {
        long held = 1 + Math.abs(state.amounts().size());
        return new KiwoomValues()
                .put(9201, ACCOUNT)
                .put(9001, "A" + state.item().stock())
                .put(302, state.item().title())
                .put(10, state.price(state.prices().last()))
                .put(930, held)
                .put(931, state.base())
                .put(932, held * state.base())
                .put(933, held)
                .put(945, held)
                .put(946, "2")
                .put(950, "0")
                .put(27, state.price(state.prices().ask()))
                .put(28, state.price(state.prices().bid()))
                .put(307, state.base())
                .put(8019, state.rate());
    }
}
