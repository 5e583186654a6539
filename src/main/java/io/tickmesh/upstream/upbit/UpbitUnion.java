package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.ControlOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is to deliver, as a whole: Upbit forgets the request before at every request. A subscribe that is
 * refused is taken back. An unsubscribe is not, because a request that never repeats what was dropped ends it too.
 */
final class UpbitUnion {
    /** Codes of one type, and of one level of the book: those that begin, with a snapshot, and those that go on. */
    static final class Part {
        final String type;
        final String level;
        final List<String> beginning = new ArrayList<>();
        final List<String> going = new ArrayList<>();

        /** None yet of this type and level, which is empty for none. */
        Part(String type, String level) {
            this.type = type;
            this.level = level;
        }
    }

    private static final class Depths {
        private final Part part;
        private final String market;
        private int before;
        private int now;

        Depths(Part part, String market) {
            this.part = part;
            this.market = market;
        }

        void tell() {
            (before < now ? part.beginning : part.going).add(market + '.' + now);
        }
    }

    private final Set<String> codes = new LinkedHashSet<>();
    private Set<String> added = Set.of();
    private @Nullable Set<String> grouped;
    private @Nullable ControlOp unanswered;

    void add(Collection<String> more) {
        Set<String> fresh = new LinkedHashSet<>(more);
        fresh.removeAll(codes);
        codes.addAll(fresh);
        grouped = null;
        added = fresh;
        unanswered = ControlOp.SUBSCRIBE;
    }

    void remove(Collection<String> fewer) {
        fewer.forEach(codes::remove);
        grouped = null;
        added = Set.of();
        unanswered = ControlOp.UNSUBSCRIBE;
    }

    boolean isEmpty() {
        return codes.isEmpty();
    }

    /** A snapshot came: only what begins brings one, so the request that began it is carried out. */
    void onSnapshot(UpbitCode code) {
        if (!added.isEmpty() && added.contains(code.toString())) {
            onCarriedOut();
        }
    }

    /** The newest request is known to be carried out. */
    void onCarriedOut() {
        unanswered = null;
        added = Set.of();
    }

    /** A request was refused: returns which, or null if there is none that an answer could belong to. */
    @Nullable
    ControlOp onRefused() {
        @Nullable ControlOp refused = unanswered;
        codes.removeAll(added);
        grouped = null;
        onCarriedOut();
        return refused;
    }

    /** Whether books of this market were asked for whose prices are gathered. */
    boolean groups(String market) {
        if (grouped == null) {
            grouped = new HashSet<>();
            for (String text : codes) {
                UpbitCode code = UpbitCode.parse(text);
                if (!code.level().isEmpty()) {
                    grouped.add(code.market());
                }
            }
        }
        return grouped.contains(market);
    }

    /**
     * What to ask for, in the order in which types and levels came; one code per market, of the books of a level the
     * deepest.
     */
    Collection<Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        Map<String, Depths> books = new LinkedHashMap<>();
        for (String text : codes) {
            UpbitCode code = UpbitCode.parse(text);
            Part part = parts.computeIfAbsent(
                    UpbitCode.key(code.type(), code.level()), key -> new Part(code.type(), code.level()));
            boolean begins = added.contains(text);
            if (code.depth() > 0) {
                Depths depths = books.computeIfAbsent(code.key(), key -> new Depths(part, code.market()));
                depths.before = Math.max(depths.before, begins ? 0 : code.depth());
                depths.now = Math.max(depths.now, code.depth());
            } else {
                (begins ? part.beginning : part.going).add(code.market());
            }
        }
        books.values().forEach(Depths::tell);
        return parts.values();
    }
}
