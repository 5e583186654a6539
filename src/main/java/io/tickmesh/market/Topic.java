package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/**
 * Kind and instrument: the unit of interest, numbering, caching and fan-out.
 *
 * <p>Its text form, used everywhere, is {@code kind[.param]/provider:symbol[@venue]}. Two topics are equal when their
 * texts are. The parameter is what follows the first point and may have points itself: see {@link BookParam}. Private news come from an account, not from an instrument: their text is {@code notice/<feed id>}, the
 * symbol of their instrument is that id, and the provider is the letters that it begins with.
 */
public final class Topic {
    private static final int LONGEST_PART = 16;
    private static final String NOTICE = Kind.NOTICE.word() + '/';

    private final Kind kind;
    private final String param;
    private final Instrument instrument;
    private final String venue;
    private final String text;

    /** A topic; {@code param} and {@code venue} are empty where there is none. */
    public Topic(Kind kind, String param, Instrument instrument, String venue) {
        this.kind = kind;
        this.param = param(param);
        this.instrument = instrument;
        this.venue = part("venue", venue);
        if (kind == Kind.NOTICE) {
            requireAccount();
            this.text = NOTICE + instrument.symbol();
            return;
        }
        this.text = kind.word()
                + (param.isEmpty() ? "" : '.' + param)
                + '/'
                + instrument
                + (venue.isEmpty() ? "" : '@' + venue);
    }

    public static Topic of(Kind kind, Instrument instrument) {
        return new Topic(kind, "", instrument, "");
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException that says what is wrong with the text
     */
    public static Topic parse(String text) {
        if (text.startsWith(NOTICE)) {
            return notice(text.substring(NOTICE.length()));
        }
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        if (slash < 0 || colon < 0) {
            throw new IllegalArgumentException(
                    "not a topic, expected kind/provider:symbol: '" + Printable.of(text) + "'");
        }
        int dot = text.substring(0, slash).indexOf('.');
        int at = text.indexOf('@', colon);
        if ((dot >= 0 && dot + 1 == slash) || at + 1 == text.length()) {
            throw new IllegalArgumentException("empty param or venue in '" + Printable.of(text) + "'");
        }
        Kind kind = Kind.of(text.substring(0, dot < 0 ? slash : dot));
        Instrument instrument = new Instrument(
                text.substring(slash + 1, colon), text.substring(colon + 1, at < 0 ? text.length() : at));
        return new Topic(
                kind, dot < 0 ? "" : text.substring(dot + 1, slash), instrument, at < 0 ? "" : text.substring(at + 1));
    }

    /** The private news of a feed's account. */
    private static Topic notice(String feed) {
        String provider = feed.substring(0, letters(feed));
        if (provider.isEmpty() || feed.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "not a feed, expected notice/ and the id of a feed like kis-1: '" + Printable.of(feed) + "'");
        }
        return of(Kind.NOTICE, new Instrument(provider, feed));
    }

    private static int letters(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
            end++;
        }
        return end;
    }

    /** What the text does not say cannot be part of the topic. */
    private void requireAccount() {
        String feed = instrument.symbol();
        if (!param.isEmpty() || !venue.isEmpty()) {
            throw new IllegalArgumentException("notice topics have neither param nor venue: '" + feed + "'");
        }
        if (!instrument.provider().equals(feed.substring(0, letters(feed)))) {
            throw new IllegalArgumentException(
                    "the id of a feed of " + instrument.provider() + " must begin with that name: '" + feed + "'");
        }
    }

    /** Points stand between letters and digits only. */
    private static String param(String text) {
        boolean pointsInside = !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
        if (!pointsInside || text.length() > LONGEST_PART) {
            throw new IllegalArgumentException("not a param: '" + Printable.of(text) + "'");
        }
        part("param", text.replace(".", ""));
        return text;
    }

    private static String part(String what, String text) {
        boolean plain =
                text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        if (!plain || text.length() > LONGEST_PART) {
            throw new IllegalArgumentException("not a " + what + ": '" + Printable.of(text) + "'");
        }
        return text;
    }

    public Kind kind() {
        return kind;
    }

    public String param() {
        return param;
    }

    public Instrument instrument() {
        return instrument;
    }

    public String venue() {
        return venue;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Topic topic && text.equals(topic.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
