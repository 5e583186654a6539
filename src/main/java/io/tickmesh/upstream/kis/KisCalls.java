package io.tickmesh.upstream.kis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RestCall;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the requests for tokens. */
final class KisCalls {
    private static final JsonFactory WRITER = new JsonFactory();

    private KisCalls() {}

    static RestCall token(String path, String nameOfSecret, FeedConfig feed) {
        StringWriter body = new StringWriter();
        try (JsonGenerator json = WRITER.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("grant_type", "client_credentials");
            json.writeStringField("appkey", credential(feed, Kis.APP_KEY));
            json.writeStringField(nameOfSecret, credential(feed, Kis.APP_SECRET));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RestCall("POST", path, Map.of("content-type", "application/json; utf-8"), body.toString());
    }

    private static String credential(FeedConfig feed, String name) {
        @Nullable Secret secret = feed.credentials().get(name);
        if (secret == null) {
            throw new IllegalStateException("no " + name);
        }
        return secret.reveal();
    }
}
