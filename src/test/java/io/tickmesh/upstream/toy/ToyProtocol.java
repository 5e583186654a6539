package io.tickmesh.upstream.toy;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.LoginRefusal;
import io.tickmesh.upstream.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Toy's language: words with bars between them. */
public final class ToyProtocol implements FeedProtocol {
    private static final long MICROS_PER_MILLI = 1_000;

    private final Secret key;
    private final Reading reading = new Reading();
    private final Digits digits = new Digits();

    ToyProtocol(Secret key) {
        this.key = key;
    }

    @Override
    public void decode(byte[] message, int length, long receivedAt, FeedEvents events) {
        String[] words = new String(message, 0, length, StandardCharsets.UTF_8).split("\\|", -1);
        String text = words.length > 1 ? Printable.of(words[1]) : "";
        switch (words[0]) {
            case "WELCOME" -> events.onLoginAccepted();
            case "GO AWAY" -> events.onLoginRefused(LoginRefusal.NOT_ALLOWED, text);
            case "ADDED" -> events.onAcknowledged(ControlOp.SUBSCRIBE);
            case "REMOVED" -> events.onAcknowledged(ControlOp.UNSUBSCRIBE);
            case "NO" -> events.onRefused(ControlOp.SUBSCRIBE, text);
            case "FULL" -> events.onFull(text);
            case "PING" -> {
                events.onHeartbeat();
                events.onReply("PONG|" + text);
            }
            case "T" -> tellTrade(words, events);
            default -> events.onUnknown();
        }
    }

    private void tellTrade(String[] words, FeedEvents events) {
        if (words.length != 5 || words[1].isEmpty()) {
            events.onBadFrame("a trade of " + words.length + " words");
            return;
        }
        reading.clear();
        reading.key(words[1]);
        if (!read(words[2], Field.PRICE) || !reading.has(Field.PRICE) || !read(words[3], Field.SIZE)) {
            events.onBadFrame("a trade without price or size");
            return;
        }
        reading.time(words[4].matches("[0-9]{1,15}") ? Long.parseLong(words[4]) * MICROS_PER_MILLI : Reading.NO_TIME);
        events.onReading(Kind.TRADE, reading);
    }

    private boolean read(String word, Field field) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        boolean sound = digits.read(bytes, 0, bytes.length);
        if (sound) {
            reading.set(field, digits);
        }
        return sound;
    }

    @Override
    public String login() {
        return "HELLO|" + key.reveal();
    }

    @Override
    public String subscribe(List<String> codes) {
        return "ADD|" + String.join(",", codes);
    }

    @Override
    public String unsubscribe(List<String> codes) {
        return "REMOVE|" + String.join(",", codes);
    }
}
