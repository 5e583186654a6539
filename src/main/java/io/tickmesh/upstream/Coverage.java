package io.tickmesh.upstream;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which registration carries which held topic: the strongest that is wanted anyway, so that a book brings its quote
 * without a slot more.
 */
final class Coverage {
    /** Who has registrations made. */
    interface Listener {
        void onWanted(Registration registration);

        void onUnwanted(Registration registration);
    }

    private static final class Use {
        /** Held topics whose own registration this is. */
        private int owners;

        private final Set<TopicLine> carried = new LinkedHashSet<>();
    }

    private final Listener listener;
    private final Map<Registration, Use> uses = new HashMap<>();

    Coverage(Listener listener) {
        this.listener = listener;
    }

    /** A topic is held from now on. */
    void hold(TopicLine line) {
        use(line.registrations().get(0)).owners++;
        pick(line);
        pickAgain(line.lines.all());
    }

    /** A topic is held no more. */
    void release(TopicLine line) {
        use(line.registrations().get(0)).owners--;
        carry(line, null);
        pickAgain(line.lines.all());
    }

    private void pickAgain(List<TopicLine> lines) {
        for (TopicLine line : lines) {
            if (line.serving() != null && line.registrations().size() > 1) {
                pick(line);
            }
        }
    }

    private void pick(TopicLine line) {
        List<Registration> all = line.registrations();
        for (int i = all.size() - 1; i >= 0; i--) {
            @Nullable Use use = uses.get(all.get(i));
            if (use != null && use.owners > 0) {
                carry(line, all.get(i));
                return;
            }
        }
    }

    private void carry(TopicLine line, @Nullable Registration next) {
        @Nullable Registration before = line.serving();
        if (next != null && next.equals(before)) {
            return;
        }
        line.serveBy(next);
        if (next != null) {
            Use use = use(next);
            use.carried.add(line);
            if (use.carried.size() == 1) {
                listener.onWanted(next);
            }
        }
        if (before != null) {
            Use use = use(before);
            use.carried.remove(line);
            if (use.carried.isEmpty()) {
                listener.onUnwanted(before);
            }
            if (use.owners == 0 && use.carried.isEmpty()) {
                uses.remove(before);
            }
        }
    }

    private Use use(Registration registration) {
        return uses.computeIfAbsent(registration, made -> new Use());
    }

    /** The held topics that a registration carries. */
    Set<TopicLine> carriedBy(Registration registration) {
        @Nullable Use use = uses.get(registration);
        return use == null ? Set.of() : use.carried;
    }
}
