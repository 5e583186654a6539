package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisControlTest {
    private static final String NOTICE_KEYS =
            ",\"output\":{\"iv\":\"0123456789abcdef\",\"key\":\"abcdefghijklmnopqrstuvwxyz012345\"}";

    private final KisProtocol protocol = newProtocol();
    private final RecordedEvents events = new RecordedEvents();

    private static KisProtocol newProtocol() {
        return new KisProtocol(new Secret("key"), new Secret("DEMOUSER"), true);
    }

    private void answer(String trId, String trKey, String rtCd, String msgCd, String text) {
        decode(protocol, answerOf(trId, trKey, rtCd, msgCd, text, ""));
    }

    private static String answerOf(String trId, String trKey, String rtCd, String msgCd, String text, String output) {
        return "{\"header\":{\"tr_id\":\"" + trId + "\",\"tr_key\":\"" + trKey
                + "\",\"encrypt\":\"N\"},\"body\":{\"rt_cd\":\"" + rtCd + "\",\"msg_cd\":\"" + msgCd
                + "\",\"msg1\":\"" + text + "\"" + output + "}}";
    }

    private void decode(KisProtocol by, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        by.decode(bytes, bytes.length, KisProtocolTest.NOW, events);
    }

    @ParameterizedTest
    @CsvSource({
        "0,OPSP0000,SUBSCRIBE SUCCESS,acknowledged SUBSCRIBE",
        "1,OPSP0002,ALREADY IN SUBSCRIBE,acknowledged SUBSCRIBE",
        "1,OPSP0007,SUBSCRIBE INTERNAL ERROR,refused SUBSCRIBE: OPSP0007 SUBSCRIBE INTERNAL ERROR",
        "1,OPSP0008,MAX SUBSCRIBE OVER,full: OPSP0008 MAX SUBSCRIBE OVER",
        "9,OPSP0008,MAX SUBSCRIBE OVER,full: OPSP0008 MAX SUBSCRIBE OVER",
        "1,OPSP0009,SUBSCRIBE ERROR : mci send failed,refused SUBSCRIBE: OPSP0009 SUBSCRIBE ERROR : mci send failed",
        "1,OPSP0010,invalid appkey,login refused NOT_ALLOWED: OPSP0010 invalid appkey",
        "1,OPSP0011,invalid approval : NOT FOUND,login refused STALE_TOKEN: OPSP0011 invalid approval : NOT FOUND",
        "9,OPSP8991,invalid tr_id,refused SUBSCRIBE: OPSP8991 invalid tr_id",
        "9,OPSP8992,invalid tr_key,refused SUBSCRIBE: OPSP8992 invalid tr_key",
        "9,OPSP8993,invalid tr_key,refused SUBSCRIBE: OPSP8993 invalid tr_key",
        "9,OPSP8994,x,refused SUBSCRIBE: OPSP8994 x",
        "9,OPSP8995,x,refused SUBSCRIBE: OPSP8995 x",
        "9,OPSP8996,ALREADY IN USE appkey,login refused ELSEWHERE: OPSP8996 ALREADY IN USE appkey",
        "9,OPSP8997,x,refused SUBSCRIBE: OPSP8997 x",
        "9,OPSP8998,x,refused SUBSCRIBE: OPSP8998 x",
        "9,OPSP8999,x,refused SUBSCRIBE: OPSP8999 x",
        "9,OPSP9990,x,refused SUBSCRIBE: OPSP9990 x",
        "9,OPSP9991,x,refused SUBSCRIBE: OPSP9991 x",
        "9,OPSP9992,x,refused SUBSCRIBE: OPSP9992 x",
        "9,OPSP9993,x,refused SUBSCRIBE: OPSP9993 x",
        "9,OPSP9994,INVALID appkey,login refused NOT_ALLOWED: OPSP9994 INVALID appkey",
        "9,OPSP9995,x,refused SUBSCRIBE: OPSP9995 x",
        "9,OPSP9996,appkey,login refused NOT_ALLOWED: OPSP9996 appkey",
        "9,OPSP9997,x,refused SUBSCRIBE: OPSP9997 x",
        "9,OPSP9998,x,refused SUBSCRIBE: OPSP9998 x",
        "9,OPSP9999,invalid json format,refused SUBSCRIBE: OPSP9999 invalid json format",
        "1,OPSP7777,something new,refused SUBSCRIBE: OPSP7777 something new",
        "0,OPSP7777,something new,acknowledged SUBSCRIBE"
    })
    void shouldKnowWhatEachCodeMeans(String rtCd, String msgCd, String text, String meaning) {
        protocol.subscribe(List.of("H0STCNT0|000042"));
        answer(rtCd.equals("9") ? "(null)" : "H0STCNT0", rtCd.equals("9") ? "" : "000042", rtCd, msgCd, text);

        assertThat(events.lines).containsExactly(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "0,OPSP0001,acknowledged UNSUBSCRIBE",
        "0,OPSP0000,acknowledged UNSUBSCRIBE",
        "1,OPSP0003,acknowledged UNSUBSCRIBE",
        "1,OPSP0007,refused UNSUBSCRIBE: OPSP0007 text",
        // Said to an earlier subscribe of the same code.
        "1,OPSP0002,heartbeat",
        "1,OPSP0008,bad: refusal of nothing that was asked: OPSP0008 text"
    })
    void shouldKnowWhatAnAnswerToAnUnsubscribeMeans(String rtCd, String msgCd, String meaning) {
        protocol.unsubscribe(List.of("H0STCNT0|000042"));
        answer("H0STCNT0", "000042", rtCd, msgCd, "text");

        assertThat(events.lines).containsExactly(meaning);
    }

    @Test
    void shouldNotTakeALateAnswerForTheOneThatIsWaitedFor() {
        protocol.subscribe(List.of("H0STCNT0|000001"));
        protocol.subscribe(List.of("H0STASP0|000001"));
        answer("H0STCNT0", "000001", "0", "OPSP0000", "SUBSCRIBE SUCCESS");
        answer("H0STASP0", "000002", "1", "OPSP8992", "invalid tr_key");
        answer("H0STASP0", "000001", "0", "OPSP0000", "SUBSCRIBE SUCCESS");
        answer("H0STASP0", "000001", "0", "OPSP0000", "SUBSCRIBE SUCCESS");

        assertThat(events.lines)
                .containsExactly(
                        "heartbeat",
                        "bad: refusal of nothing that was asked: OPSP8992 invalid tr_key",
                        "acknowledged SUBSCRIBE",
                        "heartbeat");
    }

    @Test
    void shouldNotTakeTheEndOfARegistrationForItsBeginning() {
        protocol.unsubscribe(List.of("H0STCNT0|000001"));
        protocol.subscribe(List.of("H0STCNT0|000001"));
        answer("H0STCNT0", "000001", "0", "OPSP0001", "UNSUBSCRIBE SUCCESS");
        answer("H0STCNT0", "000001", "1", "OPSP0003", "UNSUBSCRIBE ERROR(not found!)");
        answer("H0STCNT0", "000001", "0", "OPSP0000", "SUBSCRIBE SUCCESS");

        assertThat(events.lines).containsExactly("heartbeat", "heartbeat", "acknowledged SUBSCRIBE");
    }

    @Test
    void shouldTakeNoNumberForTheTextOfACodeButReadItToo() {
        protocol.subscribe(List.of("H0STCNT0|000001"));
        decode(protocol, "{\"body\":{\"rt_cd\":0,\"msg_cd\":null,\"msg1\":[{}]},\"header\":{\"tr_id\":null}}");

        assertThat(events.lines).containsExactly("acknowledged SUBSCRIBE");
    }

    @Test
    void shouldForgetTheKeysOfAConnectionWithIt() {
        String notice = KisProtocolTest.capture("notice.txt").get(0);
        String keys = answerOf("H0STCNI9", "DEMOUSER", "0", "OPSP0000", "SUBSCRIBE SUCCESS", NOTICE_KEYS);
        decode(protocol, keys);
        decode(protocol, notice);
        decode(newProtocol(), notice);

        assertThat(events.lines.get(1)).startsWith("notice ");
        assertThat(events.lines.get(2)).isEqualTo("bad: H0STCNI9 came before its key");
    }

    @Test
    void shouldLetBeWhatCannotBeAKey() {
        String notice = KisProtocolTest.capture("notice.txt").get(0);
        decode(protocol, answerOf("H0STCNI9", "", "0", "OPSP0000", "", ",\"output\":{\"iv\":\"1\",\"key\":\"2\"}"));
        decode(protocol, notice);

        assertThat(events.last()).isEqualTo("bad: H0STCNI9 came before its key");
    }

    @Test
    void shouldNotNameTheAccountInAnyText() {
        assertThat(new KisAsked(io.tickmesh.upstream.ControlOp.SUBSCRIBE, "H0STCNI9", "DEMOUSER").toString())
                .doesNotContain("DEMOUSER");
    }
}
