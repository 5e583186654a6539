package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.ControlOp;
import java.util.ArrayList;
import java.util.Collection;
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
    /** Codes of one type: those that begin, with a snapshot, and those that go on. */
    static final class Part {
        final List<String> beginning = new ArrayList<>();
        final List<String> going = new ArrayList<>();
    }

    private static final class Depths {
        private int before;
        private int now;
    }

    private final Set<String> codes = new LinkedHashSet<>();
    private Set<String> added = Set.of();
    private @Nullable ControlOp unanswered;

    void add(Collection<String> more) {
        Set<String> fresh = new LinkedHashSet<>(more);
        fresh.removeAll(codes);
        codes.addAll(fresh);
        added = fresh;
        unanswered = ControlOp.SUBSCRIBE;
    }

    void remove(Collection<String> fewer) {
        fewer.forEach(codes::remove);
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
        onCarriedOut();
        return refused;
    }

    /** What to ask for, by type, in the order in which the types came; one code per market, of a book its deepest. */
    Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        Map<String, Depths> books = new LinkedHashMap<>();
        for (String text : codes) {
            UpbitCode code = UpbitCode.parse(text);
            Part part = parts.computeIfAbsent(code.type(), type -> new Part());
            boolean begins = added.contains(text);
            if (code.depth() > 0) {
                Depths depths = books.computeIfAbsent(code.market(), market -> new Depths());
                depths.before = Math.max(depths.before, begins ? 0 : code.depth());
                depths.now = Math.max(depths.now, code.depth());
            } else {
                (begins ? part.beginning : part.going).add(code.market());
            }
        }
        books.forEach((market, depths) -> {
            Part part = parts.computeIfAbsent(UpbitCode.BOOK, type -> new Part());
            (depths.before < depths.now ? part.beginning : part.going).add(market + '.' + depths.now);
        });
        return parts;
    }
}
