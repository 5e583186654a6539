package io.tickmesh.sim;

import org.jspecify.annotations.Nullable;

/** The asset classes of FMP: one host each, here one path each. */
enum FmpAsset {
    STOCK,
    CRYPTO,
    FOREX;

    String id() {
        return Fields.nameOf(this);
    }

    /** The virtual host behind a WebSocket path, or null if there is none; the bare path is stocks. */
    static @Nullable FmpAsset ofPath(String path) {
        return switch (path) {
            case "", "/", "/stock", "/stock/" -> STOCK;
            case "/crypto", "/crypto/" -> CRYPTO;
            case "/forex", "/forex/" -> FOREX;
            default -> null;
        };
    }
}
