package io.tickmesh.sim;

/** How a connection wants its frames. */
enum UpbitFormat {
    DEFAULT(false, false),
    SIMPLE(true, false),
    JSON_LIST(false, true),
    SIMPLE_LIST(true, true);

    private final boolean isShort;
    private final boolean isList;

    UpbitFormat(boolean isShort, boolean isList) {
        this.isShort = isShort;
        this.isList = isList;
    }

    boolean isShort() {
        return isShort;
    }

    boolean isList() {
        return isList;
    }
}
