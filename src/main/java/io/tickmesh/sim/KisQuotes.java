package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** The REST answers about one symbol at one moment; every value is text. */
final class KisQuotes {
    private static final int LEVELS = 10;

    private final KisTape tape;
    private final KisStreamSettings settings;
    private final KisTape.Trade last;
    private final KisChange change;

    KisQuotes(KisTape tape, KisStreamSettings settings, long at) {
        this.tape = tape;
        this.settings = settings;
        long interval = KisPump.intervalOf(settings);
        this.last = tape.trade(tape.lastEvent(at * 1_000, interval), interval);
        this.change = new KisChange(last.price(), tape.stock().base());
    }

    JsonObject price() {
        JsonObject out = new JsonObject()
                .put("stck_prpr", text(last.price()))
                .put("prdy_vrss", text(change.difference()))
                .put("prdy_vrss_sign", change.sign())
                .put("prdy_ctrt", change.rate());
        putVolumes(out);
        return out.put("stck_oprc", text(tape.open()))
                .put("stck_hgpr", text(tape.high()))
                .put("stck_lwpr", text(tape.low()))
                .put("stck_mxpr", text(KisStock.onGrid(tape.stock().base() * 13 / 10)))
                .put("stck_llam", text(KisStock.onGrid(tape.stock().base() * 7 / 10)))
                .put("stck_sdpr", text(tape.stock().base()))
                .put("stck_shrn_iscd", tape.stock().symbol())
                .put("temp_stop_yn", "N")
                .put("iscd_stat_cls_code", "55");
    }

    private void putVolumes(JsonObject out) {
        out.put("acml_vol", text(last.volume())).put("acml_tr_pbmn", text(KisRecords.amount(last, tape.stock())));
    }

    JsonObject book() {
        long shown = last.millis() + settings.clockOffsetMs();
        JsonObject out = new JsonObject().put("aspr_acpt_hour", KisTime.TIME.format(KisTime.in(KisTime.KOREA, shown)));
        long step = tape.step(last.price());
        long asks = 0;
        long bids = 0;
        for (int i = 0; i < LEVELS; i++) {
            asks += tape.waiting(last.n(), i);
            bids += tape.waiting(last.n(), LEVELS + i);
            out.put("askp" + (i + 1), text(last.ask() + i * step))
                    .put("bidp" + (i + 1), text(Math.max(0, last.bid() - i * step)))
                    .put("askp_rsqn" + (i + 1), text(tape.waiting(last.n(), i)))
                    .put("bidp_rsqn" + (i + 1), text(tape.waiting(last.n(), LEVELS + i)));
        }
        return out.put("total_askp_rsqn", text(asks))
                .put("total_bidp_rsqn", text(bids))
                .put("ntby_aspr_rsqn", text(bids - asks))
                .put("new_mkop_cls_code", "20");
    }

    /** What accompanies the book: the price, and an expected match that means nothing in the regular session. */
    JsonObject expected() {
        return new JsonObject()
                .put("stck_prpr", text(last.price()))
                .put("stck_oprc", text(tape.open()))
                .put("stck_hgpr", text(tape.high()))
                .put("stck_lwpr", text(tape.low()))
                .put("stck_sdpr", text(tape.stock().base()))
                .put("antc_cnpr", "0")
                .put("antc_cntg_vrss", text(-tape.stock().base()))
                .put("antc_cntg_vrss_sign", "5")
                .put("antc_cntg_prdy_ctrt", "-100.00")
                .put("antc_vol", "0")
                .put("stck_shrn_iscd", tape.stock().symbol());
    }

    /** A row of the answer for many symbols. */
    JsonObject row() {
        JsonObject out = new JsonObject()
                .put("inter_shrn_iscd", tape.stock().symbol())
                .put("inter_kor_isnm", "SIM " + tape.stock().symbol())
                .put("inter2_prpr", text(last.price()))
                .put("inter2_prdy_vrss", text(change.difference()))
                .put("prdy_vrss_sign", change.sign())
                .put("prdy_ctrt", change.rate());
        putVolumes(out);
        return out.put("inter2_oprc", text(tape.open()))
                .put("inter2_hgpr", text(tape.high()))
                .put("inter2_lwpr", text(tape.low()))
                .put("inter2_askp", text(last.ask()))
                .put("inter2_bidp", text(last.bid()))
                .put("inter2_prdy_clpr", text(tape.stock().base()))
                .put("inter2_sdpr", text(tape.stock().base()));
    }

    private static String text(long value) {
        return Long.toString(value);
    }
}
