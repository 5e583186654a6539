package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import org.jspecify.annotations.Nullable;

/** The error that an object tells, if it does; filled again for each object. */
final class UpbitError {
    private static final JsonNames NAMES = new JsonNames("name", "message");

    /** Null where the object tells none. */
    @Nullable
    String name;

    String message = "";

    void clear() {
        name = null;
        message = "";
    }

    /** Reads the value that the reader stands at. */
    void read(JsonReader json, Token value) throws JsonFault {
        name = "unnamed error";
        if (value != Token.OBJECT) {
            return;
        }
        while (json.next() != Token.END_OBJECT) {
            int part = json.in(NAMES);
            Token text = json.next();
            if (part >= 0 && (text == Token.NUMBER || text == Token.STRING)) {
                if (part == 0) {
                    name = json.text();
                } else {
                    message = json.text();
                }
            }
            json.skipChildren();
        }
    }
}
