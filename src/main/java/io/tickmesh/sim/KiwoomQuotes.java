package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** Prices and books as Kiwoom's REST writes them. */
final class KiwoomQuotes {
    private static final int LEVELS = 10;

    private KiwoomQuotes() {}

    /** What ka10001 says of an item. */
    static JsonObject basic(KiwoomState state) {
        KiwoomState.Prices prices = state.prices();
        long volume = state.amounts().volume();
        long previous = Math.max(1, state.amounts().previousVolume());
        return new JsonObject()
                .put("stk_cd", state.item().code())
                .put("stk_nm", state.item().title())
                .put("cur_prc", state.price(prices.last()).trim())
                .put("pre_sig", state.direction())
                .put("pred_pre", KiwoomState.signed(state.change()))
                .put("flu_rt", state.rate())
                .put("trde_qty", Long.toString(volume))
                .put("trde_pre", KiwoomState.percent((volume - previous) * 10_000 / previous))
                .put("open_pric", state.price(prices.open()).trim())
                .put("high_pric", state.price(prices.high()).trim())
                .put("low_pric", state.price(prices.low()).trim())
                .put("base_pric", Long.toString(state.base()))
                .put("upl_pric", "+" + KiwoomItem.rounded(state.base() * 13 / 10))
                .put("lst_pric", "-" + KiwoomItem.rounded(state.base() * 7 / 10))
                .put("exp_cntr_pric", state.price(prices.last()).trim())
                .put("exp_cntr_qty", "0");
    }

    /** What ka10004 says of an item; it knows no current price. */
    static JsonObject book(KiwoomState state, String time) {
        JsonObject out = new JsonObject().put("bid_req_base_tm", time);
        putSide(out, state, true, "sel");
        putSide(out, state, false, "buy");
        return out.put("ovt_sel_req", "0").put("ovt_buy_req", "0");
    }

    private static void putSide(JsonObject out, KiwoomState state, boolean ask, String side) {
        for (int n = LEVELS; n >= 1; n--) {
            KiwoomBookValues.Level level = KiwoomBookValues.level(state, ask, n);
            String nth = side + "_" + (n == 1 ? "f" : n + "th_");
            out.put(
                            n == 1 ? nth + "pr_bid" : nth + "pre_bid",
                            level.price() == 0
                                    ? "0"
                                    : state.price(level.price()).trim())
                    .put(n == 1 ? nth + "pr_req" : nth + "pre_req", Long.toString(level.size()))
                    .put(side + "_" + n + "th_pre_req_pre", KiwoomState.signed(level.change()));
        }
        KiwoomBookValues.Total total = KiwoomBookValues.total(state, ask);
        out.put("tot_" + side + "_req", Long.toString(total.size()))
                .put("tot_" + side + "_req_jub_pre", KiwoomState.signed(total.change()));
    }
}
