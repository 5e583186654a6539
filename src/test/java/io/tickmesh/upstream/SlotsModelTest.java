package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two thousand codes, each with viewers as Zipf has it, want the slots of two connections for an hour: fashions change,
 * pages open and close, a connection breaks now and then, and the provider takes its time to let go.
 */
class SlotsModelTest implements Slots.Listener {
    private static final int CODES = 2_000;
    private static final int SLOTS_PER_LINK = 41;
    private static final double EXPONENT = 1.8;
    private static final double MOST_VIEWERS = 100_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long STEP = 500 * MILLI;
    private static final long SETTLED = 10 * SECOND;
    private static final long SETTLING = 30 * SECOND;
    private static final long LONGEST_OUTAGE = 20 * SECOND;
    private static final int ASKS_PER_STEP = 5;
    private static final double SERVED = 0.9;

    /** A clock that overflows within the hour. */
    private static final long START = Long.MAX_VALUE - HOUR / 2;

    /** A connection and the provider behind it: requests wait for the pace, and answers take their time. */
    private final class Link implements Slots.Carrier {
        private final Set<String> held = new LinkedHashSet<>();
        private final Set<String> toAsk = new LinkedHashSet<>();
        private final Map<String, Long> answeredAt = new LinkedHashMap<>();
        private final Map<String, Long> seenAt = new HashMap<>();
        private final Map<String, Long> goneAt = new HashMap<>();
        private final Map<String, Long> lastGoneAt = new HashMap<>();
        private final Set<String> inAnotherSlot = new HashSet<>();
        private boolean usable = true;
        private long fullAt = START;

        @Override
        public boolean mayCarry(Registration registration) {
            return true;
        }

        @Override
        public boolean usable() {
            return usable;
        }

        @Override
        public void want(String code, long time) {
            goneAt.remove(code);
            if (held.add(code)) {
                toAsk.add(code);
                Long gone = lastGoneAt.get(code);
                if (gone == null || fullAt - gone > 0) {
                    inAnotherSlot.add(code);
                }
                assertThat(held).hasSizeLessThanOrEqualTo(SLOTS_PER_LINK);
                fullAt = held.size() == SLOTS_PER_LINK ? time : fullAt;
            }
        }

        @Override
        public void release(String code, long time) {
            assertThat(held).contains(code);
            if (toAsk.remove(code)) {
                goneAt.put(code, time);
                return;
            }
            if (wanted.containsKey(code) && usable) {
                assertThat(time - seenAt.getOrDefault(code, time))
                        .as("how long the provider has seen %s, whose slot another wants", code)
                        .isGreaterThanOrEqualTo(SETTLED);
                moves++;
            }
            goneAt.put(code, time + random.nextInt(1_000) * MILLI);
        }

        /** The provider sees a request. Who had a slot that went to nobody else meanwhile may have come back to it. */
        private void ask() {
            List<String> due = toAsk.stream().limit(ASKS_PER_STEP).toList();
            for (String code : due) {
                toAsk.remove(code);
                slots.onSeen(this, code, false, now);
                answeredAt.put(code, now + random.nextInt(2_000) * MILLI);
                if (inAnotherSlot.remove(code)) {
                    seenAt.put(code, answeredAt.getOrDefault(code, now));
                }
            }
            for (String code : List.copyOf(answeredAt.keySet())) {
                if (answeredAt.getOrDefault(code, now + 1) - now <= 0) {
                    answeredAt.remove(code);
                    slots.onSeen(this, code, true, now);
                }
            }
        }

        void turn() {
            if (usable) {
                ask();
            }
            for (String code : List.copyOf(goneAt.keySet())) {
                if (goneAt.getOrDefault(code, now + 1) - now <= 0) {
                    goneAt.remove(code);
                    answeredAt.remove(code);
                    held.remove(code);
                    lastGoneAt.put(code, now);
                    slots.onGone(this, code, now);
                }
            }
        }

        boolean carries(String code) {
            return usable && held.contains(code) && !goneAt.containsKey(code);
        }
    }

    private final Map<String, Integer> viewers = new HashMap<>();
    private final Map<String, Registration> wanted = new LinkedHashMap<>();
    private final List<Link> links = List.of(new Link(), new Link());
    private final Slots slots = new Slots(true, each -> new Weight(false, viewers.getOrDefault(each.code(), 0)), this);
    private Random random = new Random(0);
    private long now = START;
    private long moves;
    private double served;
    private double asked;

    @Override
    public void onSlot(Registration registration) {
        boolean carried = slots.carrierOf(registration) != null;
        boolean isWanted = wanted.containsKey(registration.code());
        assertThat(slots.isWithoutSlot(registration)).isEqualTo(isWanted && !carried);
    }

    private void want(int rank, int fashion) {
        String code = "C" + (rank + fashion) % CODES;
        viewers.put(code, (int) Math.max(1, MOST_VIEWERS / Math.pow(rank + 1.0, EXPONENT)));
        slots.want(wanted.computeIfAbsent(code, Registration::new), now);
    }

    private void unwant(String code) {
        Registration registration = wanted.remove(code);
        if (registration != null) {
            viewers.remove(code);
            slots.unwant(registration, now);
        }
    }

    /** What was liked is liked a little less, and another a little more. */
    private void changeFashion() {
        int one = random.nextInt(CODES);
        int other = random.nextInt(Math.max(1, one));
        viewers.computeIfPresent("C" + one, (code, count) -> viewers.getOrDefault("C" + other, count));
        unwant("C" + random.nextInt(CODES));
        want(random.nextInt(CODES), 0);
    }

    private void step() {
        now += STEP;
        links.forEach(Link::turn);
        slots.settle(now);
    }

    private void count() {
        viewers.forEach((code, count) -> {
            asked += count;
            served += links.stream().anyMatch(link -> link.carries(code)) ? count : 0;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldServeMostViewersAndMoveNoSlotTwiceInTenSeconds(long seed) {
        random = new Random(seed);
        links.forEach(link -> slots.add(link, SLOTS_PER_LINK));
        for (int rank = CODES - 1; rank >= 0; rank--) {
            want(rank, 0);
        }
        long end = now + HOUR;
        long calm = now + SETTLING;
        long outageEnd = now;
        Link broken = links.get(1);
        while (now - end < 0) {
            step();
            if (random.nextInt(4) == 0) {
                changeFashion();
            }
            if (broken.usable && random.nextInt(600) == 0) {
                broken.usable = false;
                outageEnd = now + (long) (random.nextDouble() * LONGEST_OUTAGE);
            } else if (!broken.usable && outageEnd - now <= 0) {
                broken.usable = true;
                slots.onConnected(now);
            }
            if (now - calm >= 0) {
                count();
            }
        }
        broken.usable = true;
        for (long until = now + SETTLING; now - until < 0; ) {
            step();
        }
        assertThat(served / asked).isGreaterThan(SERVED);
        assertThat(slots.capacity()).isEqualTo(2 * SLOTS_PER_LINK);
        assertThat(slots.used()).isEqualTo(2 * SLOTS_PER_LINK);
        assertThat(slots.waitingCount()).isEqualTo(wanted.size() - slots.used());
        assertThat(moves).isPositive();
    }
}
