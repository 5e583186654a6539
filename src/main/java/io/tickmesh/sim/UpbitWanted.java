package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One type object of a request.
 *
 * @param codes as they were asked for; null where there were none
 * @param level of an order book, 0 for none
 */
record UpbitWanted(
        String type, @Nullable List<String> codes, BigDecimal level, boolean snapshotOnly, boolean realtimeOnly) {
    static final String MY_ORDER = "myOrder";
    static final String MY_ASSET = "myAsset";

    static boolean isPrivate(String type) {
        return type.equals(MY_ORDER) || type.equals(MY_ASSET);
    }

    boolean isPrivate() {
        return isPrivate(type);
    }

    List<String> codeList() {
        return codes == null ? List.of() : codes;
    }

    /** Whether it goes on after its snapshot. */
    boolean streams() {
        return !snapshotOnly;
    }

    boolean wantsSnapshot() {
        return snapshotOnly || !realtimeOnly;
    }

    /** Whether the orders of a market are asked for. */
    boolean ordersOf(String market) {
        return type.equals(MY_ORDER) && (codeList().isEmpty() || codeList().contains(market));
    }
}
