package io.tickmesh.market;

import java.util.Set;

/** How one provider writes symbols and topics, and which of its pools serves which. */
public interface Symbology {
    String provider();

    /**
     * The one way this product writes a symbol that a client may write in several.
     *
     * @throws IllegalArgumentException that says what is wrong with the symbol
     */
    String canonical(String symbol);

    /** The kinds of topics that the provider delivers for a canonical symbol. */
    Set<Kind> kindsOf(String canonicalSymbol);

    /**
     * Refuses a topic of canonical instrument that this provider cannot deliver.
     *
     * @throws IllegalArgumentException that says why
     */
    void requireOffered(Topic topic);

    /** The pool that serves a canonical symbol. */
    String poolOf(String canonicalSymbol);
}
