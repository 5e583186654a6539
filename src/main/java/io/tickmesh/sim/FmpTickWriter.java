package io.tickmesh.sim;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the data frames of one ticker from pieces built once. */
final class FmpTickWriter {
    private static final byte[] PRICE = ascii(",\"lp\":");
    private static final byte[] SIZE = ascii(",\"ls\":");
    private static final byte[] ASK = ascii(",\"ap\":");
    private static final byte[] ASK_SIZE = ascii(",\"as\":");
    private static final byte[] BID = ascii(",\"bp\":");
    private static final byte[] BID_SIZE = ascii(",\"bs\":");
    private static final byte[] NO_PRINT = ascii(",\"lp\":null,\"ls\":null");
    private static final byte[] NO_TOP = ascii(",\"ap\":null,\"as\":null,\"bp\":null,\"bs\":null");
    private static final byte[][] TYPES = {ascii(",\"type\":\"T\""), ascii(",\"type\":\"Q\""), ascii(",\"type\":\"B\"")
    };

    private final byte[] head;
    private final byte[][] venues;
    private final boolean crypto;
    private final boolean forex;
    private final int scale;
    private final int sizeScale;

    FmpTickWriter(Tape tape, List<String> exchanges) {
        head = ascii("{\"s\":\"" + tape.ticker().symbol() + "\",\"t\":");
        venues =
                exchanges.stream().map(each -> ascii(",\"e\":\"" + each + "\"")).toArray(byte[][]::new);
        crypto = tape.ticker().asset() == FmpAsset.CRYPTO;
        forex = tape.ticker().asset() == FmpAsset.FOREX;
        scale = tape.ticker().scale();
        sizeScale = tape.sizeScale();
    }

    /** Replaces what {@code out} holds by the frame of an event. */
    void write(Ascii out, Tape.Event event, FmpTime unit, FmpStreamSettings how) {
        out.clear().append(head);
        unit.append(out, event.nanos());
        if (crypto) {
            out.append(venues[event.venue()]);
        }
        switch (event.type()) {
            case T -> writePrintFrame(out, event, TYPES[0], how);
            case Q -> writeTopFrame(out, event, how);
            case B -> writePrintFrame(out, event, TYPES[2], how);
        }
        out.append('}');
    }

    private void writePrintFrame(Ascii out, Tape.Event event, byte[] type, FmpStreamSettings how) {
        out.append(type);
        writePrint(out, event.print());
        if (how.explicitNulls()) {
            out.append(NO_TOP);
        }
    }

    private void writeTopFrame(Ascii out, Tape.Event event, FmpStreamSettings how) {
        Tape.Top top = event.top();
        out.append(TYPES[1]);
        if (how.quotesCarryLast() && !forex) {
            writePrint(out, event.print());
        } else if (how.explicitNulls()) {
            out.append(NO_PRINT);
        }
        out.append(ASK).append(top.ask(), scale);
        out.append(ASK_SIZE).append(top.askSize(), sizeScale);
        out.append(BID).append(top.bid(), scale);
        out.append(BID_SIZE).append(top.bidSize(), sizeScale);
    }

    private void writePrint(Ascii out, Tape.Print print) {
        out.append(PRICE).append(print.price(), scale);
        out.append(SIZE).append(print.size(), sizeScale);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
