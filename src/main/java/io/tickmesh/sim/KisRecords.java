package io.tickmesh.sim;

import java.time.LocalDateTime;
import java.time.ZoneId;

/** Writes the records of the data channels. */
final class KisRecords {
    private static final int LEVELS = 10;
    private static final int OVERSEAS_ASKS = 10;

    private final KisTape tape;
    private final KisStreamSettings settings;

    KisRecords(KisTape tape, KisStreamSettings settings) {
        this.tape = tape;
        this.settings = settings;
    }

    String write(KisChannel channel, KisTape.Trade trade) {
        KisRecord record = switch (channel.kind()) {
            case TRADE -> domestic(trade, "20", "0");
            case EXPECTED -> domestic(trade, "10", "B");
            case BOOK -> book(channel, trade);
            case OVERSEAS_TRADE -> overseas(trade);
            case OVERSEAS_BOOK -> overseasBook(channel, trade);
            case STATUS, NOTICE, UNFED, INDEX ->
                throw new IllegalArgumentException("nothing ticks on " + channel.trId());
        };
        return record.joined(channel.width(settings));
    }

    /** The time that the provider says. */
    private LocalDateTime at(ZoneId zone, KisTape.Trade trade) {
        return KisTime.in(zone, trade.millis() + settings.clockOffsetMs());
    }

    private KisRecord domestic(KisTape.Trade trade, String operation, String hourClass) {
        KisStock stock = tape.stock();
        LocalDateTime time = at(KisTime.KOREA, trade);
        KisChange change = new KisChange(trade.price(), stock.base());
        KisRecord out = new KisRecord()
                .add(stock.symbol())
                .add(KisTime.TIME.format(time))
                .add(trade.price())
                .add(change.sign())
                .add(settings.signedChange() ? change.difference() : Math.abs(change.difference()))
                .add(settings.signedChange() ? change.rate() : change.rate().replace("-", ""))
                .hundredths(stock.base() * 100 + 55)
                .add(tape.open())
                .add(tape.high())
                .add(tape.low())
                .add(trade.ask())
                .add(trade.bid())
                .add(trade.size())
                .add(trade.volume())
                .add(amount(trade, stock));
        addSides(out, trade);
        addRange(out, trade);
        addState(out, trade, operation, hourClass);
        return out;
    }

    private void addState(KisRecord out, KisTape.Trade trade, String operation, String hourClass) {
        out.add(KisTime.DATE.format(at(KisTime.KOREA, trade)))
                .add(operation)
                .add("N")
                .add(tape.waiting(trade.n(), 0))
                .add(tape.waiting(trade.n(), LEVELS))
                .add(total(trade, 0))
                .add(total(trade, LEVELS))
                .hundredths(2)
                .add(1_650_321)
                .hundredths(6_061)
                .add(hourClass)
                .add("")
                .add(tape.stock().base())
                .add("2");
    }

    /** The turnover of the day, at its average price. */
    static long amount(KisTape.Trade trade, KisStock stock) {
        return trade.volume() * stock.base() + trade.volume() * 55 / 100;
    }

    private static void addSides(KisRecord out, KisTape.Trade trade) {
        long sells = trade.count() * 45 / 100;
        long buys = trade.count() - sells;
        long sold = Math.max(1, trade.volume() * 48 / 100);
        long bought = Math.max(0, trade.volume() - sold);
        out.add(sells)
                .add(buys)
                .add(buys - sells)
                .hundredths(bought * 10_000 / sold)
                .add(sold)
                .add(bought)
                .add(trade.bought() ? "1" : "5")
                .hundredths(52)
                .hundredths(6_120);
    }

    private void addRange(KisRecord out, KisTape.Trade trade) {
        KisChange open = new KisChange(trade.price(), tape.open());
        KisChange high = new KisChange(trade.price(), tape.high());
        KisChange low = new KisChange(trade.price(), tape.low());
        out.add("090004").add(open.sign()).add(open.difference());
        out.add("093112").add(high.sign()).add(high.difference());
        out.add("090211").add(low.sign()).add(low.difference());
    }

    private long total(KisTape.Trade trade, int from) {
        long sum = 0;
        for (int level = from; level < from + LEVELS; level++) {
            sum += tape.waiting(trade.n(), level);
        }
        return sum;
    }

    private KisRecord book(KisChannel channel, KisTape.Trade trade) {
        KisRecord out = new KisRecord()
                .add(tape.stock().symbol())
                .add(KisTime.TIME.format(at(KisTime.KOREA, trade)))
                .add("0");
        long step = tape.step(trade.price());
        for (int i = 0; i < LEVELS; i++) {
            out.add(trade.ask() + i * step);
        }
        for (int i = 0; i < LEVELS; i++) {
            out.add(Math.max(0, trade.bid() - i * step));
        }
        for (int level = 0; level < 2 * LEVELS; level++) {
            out.add(tape.waiting(trade.n(), level));
        }
        out.add(total(trade, 0)).add(total(trade, LEVELS)).zeros(2);
        addJunk(out);
        out.add(trade.volume()).add(15).add(-8).zeros(3);
        out.add((trade.ask() + trade.bid()) / 2).add(300).add("1");
        return channel.venue() == KisChannel.Venue.KRX
                ? out.add("2")
                : out.zeros(3).add("1");
    }

    /** In the regular session the expected values mean nothing, and look as if they did. */
    private void addJunk(KisRecord out) {
        out.zeros(3).add(-tape.stock().base()).add("5").hundredths(-10_000);
    }

    private KisRecord overseas(KisTape.Trade trade) {
        KisRecord out = new KisRecord().add(tape.stock().key()).add(tape.stock().symbol());
        KisChange change = new KisChange(trade.price(), tape.stock().base());
        LocalDateTime local = local(trade);
        out.add(tape.stock().scale()).add(KisTime.DATE.format(local));
        addTimes(out, trade, local);
        out.add(price(tape.open()))
                .add(price(tape.high()))
                .add(price(tape.low()))
                .add(price(trade.price()))
                .add(change.sign())
                .add(price(settings.signedChange() ? change.difference() : Math.abs(change.difference())))
                .add(change.rate())
                .add(price(trade.bid()))
                .add(price(trade.ask()))
                .add(tape.waiting(trade.n(), LEVELS))
                .add(tape.waiting(trade.n(), 0))
                .add(trade.size())
                .add(trade.volume())
                .add(trade.volume() * tape.stock().base() / 10_000)
                .add(trade.volume() * 48 / 100)
                .add(trade.volume() - trade.volume() * 48 / 100)
                .hundredths(10_833);
        return out.add("1");
    }

    private String price(long units) {
        return KisRecord.decimal(units, tape.stock().scale());
    }

    private LocalDateTime local(KisTape.Trade trade) {
        return at(tape.stock().isAmerican() ? KisTime.NEW_YORK : KisTime.KOREA, trade);
    }

    private void addTimes(KisRecord out, KisTape.Trade trade, LocalDateTime local) {
        LocalDateTime korean = at(KisTime.KOREA, trade);
        out.add(KisTime.DATE.format(local))
                .add(KisTime.TIME.format(local))
                .add(KisTime.DATE.format(korean))
                .add(KisTime.TIME.format(korean));
    }

    private KisRecord overseasBook(KisChannel channel, KisTape.Trade trade) {
        KisRecord out = new KisRecord()
                .add(tape.stock().key())
                .add(tape.stock().symbol())
                .add(tape.stock().scale());
        addTimes(out, trade, local(trade));
        out.add(total(trade, OVERSEAS_ASKS)).add(total(trade, 0)).add(12).add(-7);
        int levels = channel.trId().endsWith("1") ? 1 : settings.overseasLevels();
        for (int i = 0; i < levels; i++) {
            out.add(price(trade.bid() - i)).add(price(trade.ask() + i));
            out.add(tape.waiting(trade.n(), OVERSEAS_ASKS + i))
                    .add(tape.waiting(trade.n(), i))
                    .zeros(2);
        }
        return out;
    }
}
