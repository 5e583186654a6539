package io.tickmesh.upstream.kis;

import io.tickmesh.market.Printable;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.TokenRecipe.Answer;
import java.util.Arrays;
import java.util.Set;

/** The texts of KIS's answer to a request for a token. */
final class KisTokenAnswer {
    private static final JsonNames NAMES = new JsonNames(
            "approval_key",
            "access_token",
            "expires_in",
            "access_token_token_expired",
            "error_code",
            "error_description");
    private static final int FIELDS = 6;

    /** Too soon after the last one, too many calls, and what the provider's own machines have to do with. */
    private static final Set<String> LATER =
            Set.of("EGW00133", "EGW00201", "EGW00202", "EGW00203", "EGW00300", "EGW00301", "EGW00302");

    private static final int TOO_MANY_REQUESTS = 429;

    private final int status;
    private final String[] texts = new String[FIELDS];

    KisTokenAnswer(int status, byte[] body) {
        this.status = status;
        Arrays.fill(texts, "");
        try {
            read(body);
        } catch (JsonFault e) {
            Arrays.fill(texts, "");
        }
    }

    private void read(byte[] body) throws JsonFault {
        JsonReader json = new JsonReader();
        json.reset(body, body.length);
        if (json.next() != Token.OBJECT) {
            return;
        }
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            Token value = json.next();
            if (name >= 0 && (value == Token.STRING || value == Token.NUMBER)) {
                texts[name] = json.text();
            } else {
                json.skipChildren();
            }
        }
    }

    boolean isSuccess() {
        return status == 200;
    }

    String approvalKey() {
        return texts[0];
    }

    String accessToken() {
        return texts[1];
    }

    /** Seconds, or 0. */
    long expiresIn() {
        String seconds = texts[2];
        boolean plain =
                !seconds.isEmpty() && seconds.length() < 10 && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(seconds) : 0;
    }

    /** {@code yyyy-MM-dd HH:mm:ss} in Seoul, or empty. */
    String expiresAt() {
        return texts[3];
    }

    /** What it means that there is no token. */
    Answer refusal() {
        String code = texts[4];
        String text = Printable.of((status + " " + code + ' ' + texts[5]).strip());
        boolean refused = status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
        boolean named = code.startsWith("EGW") && !LATER.contains(code);
        return named || (refused && !LATER.contains(code)) ? new Answer.Refused(text) : new Answer.Later(text);
    }
}
