package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import java.util.Arrays;

/** The texts of one JSON message of KIS, empty where they are left out; filled again for each message. */
final class KisControlFrame {
    private static final JsonNames NAMES =
            new JsonNames("header", "body", "output", "tr_id", "tr_key", "rt_cd", "msg_cd", "msg1", "iv", "key");
    private static final int LAST_OBJECT = 2;
    private static final int TR_ID = 3;
    private static final int TR_KEY = 4;
    private static final int RT_CD = 5;
    private static final int MSG_CD = 6;
    private static final int MSG1 = 7;
    private static final int IV = 8;
    private static final int KEY = 9;

    /** Stands where an answer has lost what it is for. */
    private static final String LOST = "(null)";

    private final String[] texts = new String[KEY + 1];
    private final JsonReader json = new JsonReader();

    KisControlFrame() {
        Arrays.fill(texts, "");
    }

    /**
     * Reads a message; false if it is JSON, but not one object.
     *
     * @throws JsonFault if it is not JSON
     */
    boolean read(byte[] message, int length) throws JsonFault {
        Arrays.fill(texts, "");
        json.reset(message, length);
        if (json.next() != Token.OBJECT) {
            return false;
        }
        readObject();
        return json.next() == Token.END;
    }

    private void readObject() throws JsonFault {
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            Token value = json.next();
            if (value == Token.OBJECT && name >= 0 && name <= LAST_OBJECT) {
                readObject();
            } else if (name > LAST_OBJECT && (value == Token.STRING || value == Token.NUMBER)) {
                texts[name] = json.text();
            } else {
                json.skipChildren();
            }
        }
    }

    String trId() {
        return texts[TR_ID];
    }

    /** Whether the answer may be for that registration; one that does not say is for whatever was asked last. */
    boolean mayBeFor(String trId, String trKey) {
        return mayBe(texts[TR_ID], trId) && mayBe(texts[TR_KEY], trKey);
    }

    private static boolean mayBe(String said, String asked) {
        return said.isEmpty() || said.equals(LOST) || said.equals(asked);
    }

    /** Whether there is an answer in it at all. */
    boolean isAnswer() {
        return !texts[RT_CD].isEmpty() || !texts[MSG_CD].isEmpty();
    }

    boolean isSuccess() {
        return texts[RT_CD].equals("0");
    }

    String code() {
        return texts[MSG_CD];
    }

    /** Code and text as KIS says them. */
    String said() {
        return texts[MSG_CD] + ' ' + texts[MSG1];
    }

    String key() {
        return texts[KEY];
    }

    String iv() {
        return texts[IV];
    }
}
