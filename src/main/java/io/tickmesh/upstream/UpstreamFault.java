package io.tickmesh.upstream;

import org.jspecify.annotations.Nullable;

/** Says why a connection failed. */
final class UpstreamFault {
    private static final int DEEPEST = 8;

    private UpstreamFault() {}

    /** The deepest cause says most; a query in its text is left out. */
    static String words(Throwable failure) {
        Throwable deepest = failure;
        for (int i = 0; i < DEEPEST && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        @Nullable String text = deepest.getMessage();
        return text == null
                ? deepest.getClass().getSimpleName()
                : text.replaceAll("\\p{Cntrl}", " ").replaceAll("\\?\\S*", "");
    }
}
