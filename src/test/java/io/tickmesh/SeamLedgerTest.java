package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.SeamLedger.Asked;
import io.tickmesh.SeamLedger.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeamLedgerTest {
    private static final String TOPIC = "trade/fmp:AAPL";

    private final SeamTally tally = new SeamTally();
    private final SeamLedger ledger = new SeamLedger("client 1", tally);

    private void subscribed(double rate, String preference) {
        ledger.asked(new Asked("subscribe", List.of(TOPIC), rate, preference, Map.of()));
        take("{'type':'subscribed','id':1,'results':[{'topic':'" + TOPIC
                + "','ok':true,'n':7,'state':'live','epoch':100,'seq':5}]}");
    }

    private void resumed(String how) {
        ledger.asked(new Asked("resume", List.of(TOPIC), 0.0, "", Map.of(TOPIC, new Place(100, 5))));
        take("{'type':'resumed','id':1,'results':[{'topic':'" + TOPIC + "','ok':true,'n':7," + how + "}]}");
    }

    private SeamLedgerTest take(String text) {
        ledger.takeText(text.replace('\'', '"'));
        return this;
    }

    private SeamLedgerTest event(String type, String members) {
        return take("{'type':'" + type + "','topic':'" + TOPIC + "'," + members + '}');
    }

    private SeamLedgerTest snapshot(long seq) {
        return event("snapshot", "'epoch':100,'seq':" + seq + ",'n':7");
    }

    private SeamLedgerTest tick(long seq) {
        return event("tick", "'epoch':100,'seq':" + seq + ",'received':" + (1_000 + seq));
    }

    private void expect(String violation) {
        assertThat(tally.told()).singleElement().asString().contains(violation);
    }

    private void expectNone() {
        assertThat(tally.told()).isEmpty();
    }

    @Test
    void shouldBeContentWithAnnouncedJumps() {
        subscribed(0, "both");
        snapshot(5).tick(6).event("conflated", "'count':3").tick(10);
        event("gap", "'lost':1").event("conflated", "'count':1").tick(13);
        take("[[7,14,1014,1.5],[7,15,1015,1.5]]");
        event("reset", "'epoch':200,'seq':0,'n':7").event("tick", "'epoch':200,'seq':1,'received':9");
        expectNone();
        assertThat(tally.deliveries()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            6; a duplicate
            5; a step back
            9; unsaid 2
            """)
    void shouldTellWhatDoesNotFollow(long seq, String violation) {
        subscribed(0, "both");
        snapshot(5).tick(6).event("tick", "'epoch':100,'seq':" + seq + ",'received':2000");
        expect(violation);
    }

    @Test
    void shouldTellTheSameOfCompactTicks() {
        subscribed(0, "both");
        snapshot(5).take("[7,6,1006,1.5]").take("[7,6,1006,1.5]");
        expect("a duplicate");
    }

    @Test
    void shouldTellCountsThatAreNotTheJump() {
        subscribed(0, "both");
        snapshot(5).event("conflated", "'count':2").tick(7);
        expect("unsaid -1");
    }

    @Test
    void shouldTellATickBeforeItsSnapshot() {
        subscribed(0, "both");
        tick(6);
        expect("a tick where a snapshot is due");
    }

    @Test
    void shouldTellASecondSnapshot() {
        subscribed(0, "both");
        snapshot(5).snapshot(5);
        expect("a snapshot that nobody asked for");
    }

    @Test
    void shouldTellAnEpochWithoutReset() {
        subscribed(0, "both");
        snapshot(5).event("tick", "'epoch':200,'seq':1,'received':1");
        expect("a newer epoch without a reset");
    }

    @Test
    void shouldTellAResetOfTheSameEpoch() {
        subscribed(0, "both");
        snapshot(5).event("reset", "'epoch':100,'seq':9,'n':7");
        expect("a reset that begins no higher epoch");
    }

    @Test
    void shouldTellWhatComesAfterUnsubscribe() {
        subscribed(0, "both");
        snapshot(5);
        ledger.asked(Asked.of("unsubscribe", List.of(TOPIC)));
        tick(6).take("{'type':'unsubscribed','id':2,'results':[{'topic':'" + TOPIC + "','ok':true}]}");
        expectNone();
        tick(7);
        expect("was to come");
    }

    @Test
    void shouldTellASnapshotFromBeforeTheSessionLeft() {
        subscribed(0, "both");
        snapshot(5).tick(6);
        ledger.asked(Asked.of("unsubscribe", List.of(TOPIC)));
        ledger.asked(new Asked("subscribe", List.of(TOPIC), 0.0, "both", Map.of()));
        take("{'type':'unsubscribed','id':2,'results':[{'topic':'" + TOPIC + "','ok':true}]}");
        take("{'type':'subscribed','id':3,'results':[{'topic':'" + TOPIC + "','ok':true,'n':7}]}");
        snapshot(5);
        expect("a snapshot from before");
    }

    @Test
    void shouldGoOnFromAPosition() {
        resumed("'missed':2");
        tick(6).tick(7).event("gap", "'lost':2").tick(10);
        expectNone();
    }

    @Test
    void shouldNotHoldASessionToWhatOnlyItsClientSaid() {
        resumed("'missed':0");
        ledger.asked(Asked.of("unsubscribe", List.of(TOPIC)));
        ledger.asked(new Asked("subscribe", List.of(TOPIC), 0.0, "both", Map.of()));
        take("{'type':'unsubscribed','id':2,'results':[{'topic':'" + TOPIC + "','ok':true}]}");
        take("{'type':'subscribed','id':3,'results':[{'topic':'" + TOPIC + "','ok':true,'n':7}]}");
        snapshot(3).tick(4);
        expectNone();
    }

    @Test
    void shouldTellAJumpAmongWhatWasMissed() {
        resumed("'missed':2");
        tick(6).tick(8);
        expect("a jump among the 1 ticks that were missed");
    }

    @Test
    void shouldTellATickInPlaceOfThePromisedReset() {
        resumed("'reset':true");
        tick(9);
        expect("a tick where a reset is due");
    }

    @Test
    void shouldAcceptThePromisedResetOfTheSameEpoch() {
        resumed("'reset':true");
        event("reset", "'epoch':100,'seq':400,'n':7").tick(401);
        expectNone();
        assertThat(tally.of(SeamTally.Count.RESTARTS)).isOne();
    }

    @Test
    void shouldAcceptAResetOfATopicThatNeverCameToThePosition() {
        resumed("'missed':0");
        event("reset", "'epoch':100,'seq':3,'n':7").tick(4);
        expectNone();
        assertThat(tally.of(SeamTally.Count.REWINDS)).isOne();
    }

    @Test
    void shouldExpectOneValueUntilMoreIsWanted() {
        subscribed(0, "snapshot_only");
        ledger.asked(new Asked("subscribe", List.of(TOPIC), 0.0, "both", Map.of()));
        take("{'type':'subscribed','id':2,'results':[{'topic':'" + TOPIC + "','ok':true,'n':7}]}");
        snapshot(5).tick(6);
        expectNone();
        event("done", "'n':7");
        expect("a done where");
    }

    @Test
    void shouldWaitForTheCountsOfARate() {
        subscribed(2, "both");
        snapshot(5).tick(8).tick(12).event("conflated", "'count':7").tick(15);
        expectNone();
        tick(20).tick(25).event("conflated", "'count':7").tick(30);
        expect("unsaid 5");
    }

    @Test
    void shouldTellWhenTheCountsOfARateDoNotCome() {
        subscribed(0.5, "both");
        snapshot(5).tick(8).tick(10).tick(12).tick(14);
        expectNone();
        tick(16);
        expect("6 left out and not told for 5 ticks");
    }

    @Test
    void shouldTellDifferentValuesOfOnePosition() {
        subscribed(0, "realtime_only");
        tick(6);
        SeamLedger other = new SeamLedger("client 2", tally);
        other.asked(new Asked("resume", List.of(TOPIC), 0.0, "", Map.of(TOPIC, new Place(100, 5))));
        other.takeText("{\"type\":\"resumed\",\"id\":1,\"results\":[{\"topic\":\"" + TOPIC
                + "\",\"ok\":true,\"n\":3,\"missed\":1}]}");
        other.takeText("[3,6,1111,1.5]");
        expect("another had another value");
    }

    @Test
    void shouldSayWhatIsSilent() {
        subscribed(0, "both");
        long before = System.nanoTime();
        snapshot(5);
        assertThat(ledger.silentSince(before)).singleElement().asString().contains(TOPIC);
        tick(6);
        assertThat(ledger.silentSince(before)).isEmpty();
        ledger.asked(Asked.of("unsubscribe", List.of(TOPIC)));
        assertThat(ledger.silentSince(before)).singleElement().asString().contains("unsubscribe");
    }

    @Test
    void shouldKeepPlacesThatTheNextSessionHasNotComeTo() {
        ledger.asked(new Asked("resume", List.of(TOPIC), 0.0, "", Map.of(TOPIC, new Place(100, 5))));
        assertThat(ledger.places()).containsExactly(Map.entry(TOPIC, new Place(100, 5)));
        take("{'type':'resumed','id':1,'results':[{'topic':'" + TOPIC + "','ok':true,'n':7,'missed':1}]}");
        tick(6);
        assertThat(ledger.places()).containsExactly(Map.entry(TOPIC, new Place(100, 6)));
    }
}
