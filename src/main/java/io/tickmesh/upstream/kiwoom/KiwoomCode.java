package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Topic;
import java.util.List;

/** How this product writes registrations with Kiwoom: {@code 0B|005930_NX}, types before item; the item may be empty. */
final class KiwoomCode {
    /** Of the session of the market, and of the interruptions of any stock. */
    static final String SESSION = "0s|";

    static final String INTERRUPTION = "1h|";
    /** Orders and balances of the account. */
    static final String NOTICE = "00,04|";

    private KiwoomCode() {}

    static String of(String type, Topic topic) {
        return type + '|' + itemOf(topic);
    }

    /** The stock and venue of a topic in the words of Kiwoom. */
    static String itemOf(Topic topic) {
        KiwoomVenue venue = KiwoomVenue.of(topic.venue());
        return topic.instrument().symbol() + (venue == null ? "" : venue.suffix());
    }

    static List<String> types(String code) {
        return List.of(code.substring(0, code.indexOf('|')).split(","));
    }

    static String item(String code) {
        return code.substring(code.indexOf('|') + 1);
    }
}
