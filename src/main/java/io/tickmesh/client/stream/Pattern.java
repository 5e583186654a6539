package io.tickmesh.client.stream;

import io.tickmesh.market.Catalog;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;

/**
 * All topics of a kind and a provider that the node holds, written {@code kind[.param]/provider:*}.
 *
 * @param prefix how their texts begin
 */
record Pattern(String prefix) {
    private static final String ALL = ":*";

    static boolean is(String text) {
        return text.endsWith(ALL);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException that says what is wrong with the text
     */
    static Pattern parse(String text, Catalog catalog) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() > 64) {
            throw new IllegalArgumentException(
                    "not a pattern, expected kind/provider:*: '" + Printable.of(text) + "'");
        }
        int dot = text.indexOf('.');
        Kind kind = Kind.of(text.substring(0, dot >= 0 && dot < slash ? dot : slash));
        if (kind == Kind.NOTICE) {
            throw new IllegalArgumentException("notice topics are asked for by the id of their feed");
        }
        catalog.requireProvider(text.substring(slash + 1, text.length() - ALL.length()));
        return new Pattern(text.substring(0, text.length() - 1));
    }

    @Override
    public String toString() {
        return prefix + '*';
    }

    /** What a session holds by a text: a pattern or a topic. */
    static Object keyOf(String text, Catalog catalog) {
        return is(text) ? parse(text, catalog) : catalog.topic(text);
    }
}
