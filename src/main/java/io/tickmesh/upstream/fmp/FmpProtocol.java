package io.tickmesh.upstream.fmp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickmesh.config.Secret;
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
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * FMP's "cluster" sockets: JSON objects, or arrays of them. An object with {@code event} is an answer or a heartbeat,
 * one with {@code type} is data: {@code T} trade, {@code Q} quote, {@code B} trade break. The type decides, not which
 * price keys are there; each of them may be missing, null or left over from another frame.
 */
public final class FmpProtocol implements FeedProtocol {
    private static final JsonFactory WRITER = new JsonFactory();

    private final Secret apiKey;
    private final FmpFrame frame = new FmpFrame();
    private final JsonReader json = new JsonReader();
    private boolean insideArray;
    private boolean anything;
    private @Nullable String fault;

    public FmpProtocol(Secret apiKey) {
        this.apiKey = apiKey;
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
        @Nullable String event = frame.event;
        if (event != null) {
            tellControl(event, events);
            return;
        }
        switch (frame.type) {
            case 'T' -> tellTrade(events, false);
            case 'B' -> tellTrade(events, true);
            case 'Q' -> tellQuote(events);
            default -> events.onUnknown();
        }
    }

    private void tellTrade(FeedEvents events, boolean broken) {
        Reading reading = frame.reading;
        if (frame.tradeFault != null) {
            events.onBadFrame(frame.tradeFault);
        } else if (reading.key().isEmpty()) {
            events.onBadFrame("trade without s");
        } else if (!reading.has(Field.PRICE)) {
            events.onBadFrame("trade without lp");
        } else if (broken) {
            events.onTradeBreak(reading);
        } else {
            events.onReading(Kind.TRADE, reading);
        }
    }

    private void tellQuote(FeedEvents events) {
        Reading reading = frame.reading;
        if (frame.quoteFault != null) {
            events.onBadFrame(frame.quoteFault);
        } else if (reading.key().isEmpty()) {
            events.onBadFrame("quote without s");
        } else if (!reading.has(Field.BID_PRICE)
                && !reading.has(Field.ASK_PRICE)
                && !reading.has(Field.BID_SIZE)
                && !reading.has(Field.ASK_SIZE)) {
            events.onBadFrame("quote without any price or size");
        } else {
            events.onReading(Kind.QUOTE, reading);
        }
    }

    private void tellControl(String event, FeedEvents events) {
        String text = frame.message == null ? "" : frame.message;
        String folded = text.toLowerCase(Locale.ROOT);
        if (event.equals("heartbeat")) {
            events.onHeartbeat();
        } else if (folded.contains("another location")) {
            events.onLoginRefused(LoginRefusal.ELSEWHERE, said(text));
        } else if (frame.status == 401 || folded.contains("you are not authorized")) {
            events.onLoginRefused(LoginRefusal.NOT_ALLOWED, said(text));
        } else if (event.equals("login")) {
            tellLogin(text, folded, events);
        } else if (event.equals("subscribe")) {
            tellReply(ControlOp.SUBSCRIBE, text, events);
        } else if (event.equals("unsubscribe")) {
            tellReply(ControlOp.UNSUBSCRIBE, text, events);
        } else {
            events.onUnknown();
        }
    }

    /** Success must be said, by status or by word: silence and riddles are none. */
    private void tellLogin(String text, String folded, FeedEvents events) {
        if (frame.status >= 500) {
            events.onLoginRefused(LoginRefusal.TEMPORARY, said(text));
        } else if (frame.status >= 400 || (frame.status == 0 && folded.startsWith("una"))) {
            events.onLoginRefused(LoginRefusal.NOT_ALLOWED, said(text));
        } else if (frame.status == 200 || (frame.status == 0 && folded.equals("authenticated"))) {
            events.onLoginAccepted();
        } else {
            events.onUnknown();
        }
    }

    private void tellReply(ControlOp op, String text, FeedEvents events) {
        if (frame.status >= 400) {
            events.onRefused(op, said(text));
        } else {
            events.onAcknowledged(op);
        }
    }

    private String said(String text) {
        return frame.status == 0 ? Printable.of(text) : frame.status + " " + Printable.of(text);
    }

    @Override
    public String login() {
        return write("login", json -> json.writeStringField("apiKey", apiKey.reveal()));
    }

    @Override
    public String subscribe(List<String> codes) {
        return write("subscribe", json -> writeTickers(json, codes));
    }

    @Override
    public String unsubscribe(List<String> codes) {
        return write("unsubscribe", json -> writeTickers(json, codes));
    }

    /** FMP knows tickers in lower case; whether it folds others is not documented. */
    private static void writeTickers(JsonGenerator json, List<String> codes) throws IOException {
        json.writeArrayFieldStart("ticker");
        for (String code : codes) {
            json.writeString(code.toLowerCase(Locale.ROOT));
        }
        json.writeEndArray();
    }

    /** The content of the {@code data} object. */
    private interface Data {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String write(String event, Data data) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("event", event);
            json.writeObjectFieldStart("data");
            data.writeTo(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
