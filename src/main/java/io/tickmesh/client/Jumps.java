package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What lies between the last tick that a session got of an audience and the next: to be announced before that. */
final class Jumps {
    private long lost;
    private int conflated;

    /** So many ticks were lost on the way to this node. */
    void lose(long ticks) {
        lost += ticks;
    }

    /** A tick was replaced by a newer one. */
    void replace() {
        conflated++;
    }

    void clear() {
        lost = 0;
        conflated = 0;
    }

    boolean hasReplaced() {
        return conflated > 0;
    }

    /** How many frames it takes to announce them. */
    int frames() {
        return (lost > 0 ? 1 : 0) + (conflated > 0 ? 1 : 0);
    }

    /** Announces what lies before a tick that follows now; with a pace, what was replaced only now and then. */
    void announce(Audience audience, @Nullable Pace pace, Consumer<ByteBuf> way) {
        announceLoss(audience, way);
        if (conflated > 0 && (pace == null || pace.mayTell())) {
            ByteBuf jump = audience.conflatedFrame(conflated);
            if (jump != null) {
                way.accept(jump);
            }
            conflated = 0;
            if (pace != null) {
                pace.told();
            }
        }
    }

    /** Announces what was lost, though its tick may have to wait: more may be replaced until then. */
    void announceLoss(Audience audience, Consumer<ByteBuf> way) {
        ByteBuf gap = lost > 0 ? audience.gapFrame(lost) : null;
        if (gap != null) {
            way.accept(gap);
        }
        lost = 0;
    }
}
