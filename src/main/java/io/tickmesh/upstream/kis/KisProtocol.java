package io.tickmesh.upstream.kis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickmesh.config.Secret;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.FeedProtocol;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KIS's one socket: data frames divided by {@code |} and {@code ^}, and JSON for everything else. There is no login:
 * each control frame carries the approval key, and asks for one registration.
 */
public final class KisProtocol implements FeedProtocol {
    /** The code of an account's notices; account and server tell how it is registered. */
    static final String NOTICES = "notice";

    private static final JsonFactory WRITER = new JsonFactory();

    private final Secret approvalKey;
    private final @Nullable Secret htsId;
    private final boolean paper;
    private final KisControl control;
    private final KisData data;

    /**
     * A connection's language.
     *
     * @param htsId whose notices may be had, or null
     * @param paper whether the server is the one for practice
     */
    public KisProtocol(Secret approvalKey, @Nullable Secret htsId, boolean paper) {
        KisCipher cipher = new KisCipher();
        this.approvalKey = approvalKey;
        this.htsId = htsId;
        this.paper = paper;
        this.control = new KisControl(cipher);
        this.data = new KisData(cipher);
    }

    /** The code of a registration. */
    static String code(String trId, String trKey) {
        return trId + '|' + trKey;
    }

    @Override
    public void decode(byte[] message, int length, long receivedAt, FeedEvents events) {
        if (length > 0 && (message[0] == '0' || message[0] == '1')) {
            data.decode(message, length, receivedAt, events);
        } else {
            control.decode(message, length, events);
        }
    }

    @Override
    public @Nullable String login() {
        return null;
    }

    @Override
    public String subscribe(List<String> codes) {
        return ask(ControlOp.SUBSCRIBE, "1", codes);
    }

    @Override
    public String unsubscribe(List<String> codes) {
        return ask(ControlOp.UNSUBSCRIBE, "2", codes);
    }

    private String ask(ControlOp op, String trType, List<String> codes) {
        if (codes.size() != 1) {
            throw new IllegalArgumentException("kis takes one registration at a time, not " + codes.size());
        }
        KisAsked asked = asked(op, codes.get(0));
        control.ask(asked);
        return write(trType, asked);
    }

    private KisAsked asked(ControlOp op, String code) {
        if (code.equals(NOTICES)) {
            if (htsId == null) {
                throw new IllegalStateException("no hts_id");
            }
            return new KisAsked(op, (paper ? KisChannel.H0STCNI9 : KisChannel.H0STCNI0).name(), htsId.reveal());
        }
        int bar = code.indexOf('|');
        return new KisAsked(op, code.substring(0, bar), code.substring(bar + 1));
    }

    private String write(String trType, KisAsked asked) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("header");
            json.writeStringField("approval_key", approvalKey.reveal());
            json.writeStringField("custtype", "P");
            json.writeStringField("tr_type", trType);
            json.writeStringField("content-type", "utf-8");
            json.writeEndObject();
            json.writeObjectFieldStart("body");
            json.writeObjectFieldStart("input");
            json.writeStringField("tr_id", asked.trId());
            json.writeStringField("tr_key", asked.trKey());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
