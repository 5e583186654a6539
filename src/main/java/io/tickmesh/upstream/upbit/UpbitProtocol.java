package io.tickmesh.upstream.upbit;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.LoginRefusal;
import io.tickmesh.upstream.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Upbit's sockets: requests that replace each other, data as JSON objects or arrays of them, an error where a request is
 * refused and silence where it is not. It keeps what the connection was asked for, because each request repeats it all.
 *
 * <p>All four formats are read. A public connection asks for the short one, a private one for the long one.
 */
public final class UpbitProtocol implements FeedProtocol {
    private final UpbitUnion union = new UpbitUnion();
    private final UpbitRequest request;
    private final boolean isPrivate;
    private final UpbitNotes notes = new UpbitNotes();
    private final UpbitFrame frame;
    private final JsonReader json = new JsonReader();
    private boolean ended;
    private boolean insideArray;
    private boolean anything;
    private @Nullable String fault;

    /** The language of a public connection or a private one; {@code ticket} names it to Upbit. */
    public UpbitProtocol(String ticket, boolean isPrivate) {
        this.request = new UpbitRequest(ticket);
        this.isPrivate = isPrivate;
        this.frame = new UpbitFrame(isPrivate ? notes : null);
    }

    @Override
    public void decode(byte[] message, int length, long receivedAt, FeedEvents events) {
        insideArray = false;
        anything = false;
        fault = null;
        json.reset(message, length);
        while (readObject(receivedAt)) {
            tell(events);
        }
        if (fault != null) {
            events.onBadFrame(fault);
        } else if (!anything) {
            events.onBadFrame("empty frame");
        }
    }

    /** Reads the next object, if there is one. What it throws at broken text stays here; what the events do does not. */
    private boolean readObject(long receivedAt) {
        try {
            for (Token token = json.next(); token != Token.END; token = json.next()) {
                anything = true;
                if (token == Token.OBJECT) {
                    frame.read(json, receivedAt);
                    return true;
                }
                if (token == Token.ARRAY && !insideArray) {
                    insideArray = true;
                } else if (token == Token.END_ARRAY) {
                    insideArray = false;
                } else {
                    fault = "neither an object nor an array of objects";
                    return false;
                }
            }
        } catch (JsonFault e) {
            fault = "not JSON: " + e.getMessage();
        }
        return false;
    }

    private void tell(FeedEvents events) {
        switch (frame.type) {
            case NONE -> tellAnswer(events);
            case OTHER -> events.onUnknown();
            case NOTICE -> tellNotices(events);
            default -> tellData(events);
        }
    }

    private void tellAnswer(FeedEvents events) {
        @Nullable String error = frame.error.name;
        if (error != null) {
            tellError(error, events);
        } else if (frame.status) {
            events.onHeartbeat();
        } else {
            events.onUnknown();
        }
    }

    /** An error that no request explains leaves open what Upbit holds for this connection: only a new one is sure. */
    private void tellError(String name, FeedEvents events) {
        String text =
                Printable.of(name) + (frame.error.message.isEmpty() ? "" : ": " + Printable.of(frame.error.message));
        @Nullable ControlOp refused = union.onRefused();
        if (name.equals("INVALID_AUTH")) {
            events.onLoginRefused(LoginRefusal.NOT_ALLOWED, text);
        } else if (refused == null) {
            events.onLoginRefused(LoginRefusal.TEMPORARY, text);
        } else {
            events.onRefused(refused, text);
        }
    }

    private void tellData(FeedEvents events) {
        @Nullable String lack = frame.lack();
        if (lack != null) {
            events.onBadFrame(lack);
        } else if (ended) {
            events.onHeartbeat();
        } else if (isAmbiguous()) {
            events.onBadFrame("orderbook that does not say its level, though several were asked for");
        } else {
            if (frame.snapshot) {
                UpbitSymbology.DEPTHS.forEach(depth -> union.onSnapshot(frame.codeAt(depth)));
            }
            tellReading(events);
        }
    }

    /** Where books of a market are grouped, one that does not say by what may be any of them. */
    private boolean isAmbiguous() {
        return frame.type == UpbitFrame.Type.BOOK && !frame.level.said() && union.groups(frame.reading.key());
    }

    private void tellReading(FeedEvents events) {
        Reading reading = frame.reading;
        switch (frame.type) {
            case TRADE -> events.onReading(Kind.TRADE, reading);
            case TICKER -> events.onReading(Kind.TICKER, reading);
            case CANDLE -> events.onReading(Kind.CANDLE, reading);
            default -> {
                events.onReading(Kind.BOOK, reading);
                if (!frame.level.isGrouped() && hasBest(reading)) {
                    events.onReading(Kind.QUOTE, reading);
                }
            }
        }
    }

    private static boolean hasBest(Reading reading) {
        return reading.has(Field.ASK_PRICE)
                || reading.has(Field.BID_PRICE)
                || reading.has(Field.ASK_SIZE)
                || reading.has(Field.BID_SIZE);
    }

    private void tellNotices(FeedEvents events) {
        if (ended) {
            events.onHeartbeat();
            return;
        }
        union.onCarriedOut();
        for (Map<String, String> fields : notes.news()) {
            frame.reading.fields(fields);
            events.onReading(Kind.NOTICE, frame.reading);
        }
    }

    /** There is none: a private connection shows its token in the upgrade. */
    @Override
    public @Nullable String login() {
        return null;
    }

    @Override
    public String subscribe(List<String> codes) {
        union.add(codes);
        ended = false;
        return isPrivate ? request.ofPrivate() : request.of(union.parts());
    }

    @Override
    public String unsubscribe(List<String> codes) {
        union.remove(codes);
        ended = union.isEmpty();
        if (!ended) {
            return isPrivate ? request.ofPrivate() : request.of(union.parts());
        }
        return isPrivate
                ? request.endOfPrivate()
                : request.endOfPublic(UpbitCode.parse(codes.get(0)).market());
    }
}
