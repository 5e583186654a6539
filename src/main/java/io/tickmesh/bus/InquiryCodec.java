package io.tickmesh.bus;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * Moves an {@link Inquiry}.
 *
 * <pre> subject text | arguments text, a JSON object </pre>
 */
final class InquiryCodec extends WireCodec<Inquiry> {
    InquiryCodec() {
        super("inquiry", 1);
    }

    @Override
    void write(WireWriter out, Inquiry inquiry) {
        out.text(inquiry.subject());
        out.text(inquiry.arguments().encode());
    }

    @Override
    Inquiry read(WireReader in) {
        return new Inquiry(in.text(), object(in.text()));
    }

    static JsonObject object(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }
}
