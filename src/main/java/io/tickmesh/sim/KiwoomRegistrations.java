package io.tickmesh.sim;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What one session has registered, group by group. A pair that is in two groups is fed once. */
final class KiwoomRegistrations {
    private final Map<String, Set<KiwoomChange.Pair>> groups = new LinkedHashMap<>();

    /** All pairs of all groups; a copy. */
    Set<KiwoomChange.Pair> pairs() {
        Set<KiwoomChange.Pair> all = new LinkedHashSet<>();
        groups.values().forEach(all::addAll);
        return all;
    }

    /** Registers all or, beyond a limit, nothing; tells what is fed from now on, and what no longer. */
    boolean add(
            KiwoomChange change,
            KiwoomSessionSettings rules,
            Consumer<KiwoomChange.Pair> begins,
            Consumer<KiwoomChange.Pair> ends) {
        Map<String, Set<KiwoomChange.Pair>> wanted = new LinkedHashMap<>();
        groups.forEach((name, pairs) -> wanted.put(name, new LinkedHashSet<>(pairs)));
        if (!change.keeps()) {
            if (rules.refreshScope() == KiwoomSessionSettings.RefreshScope.SESSION) {
                wanted.clear();
            } else {
                wanted.remove(change.group());
            }
        }
        Set<KiwoomChange.Pair> group = wanted.computeIfAbsent(change.group(), absent -> new LinkedHashSet<>());
        group.addAll(change.pairs());
        Set<KiwoomChange.Pair> all = new HashSet<>();
        wanted.values().forEach(all::addAll);
        int session = rules.itemsPerSession();
        if (change.items().size() > rules.itemsPerRequest()
                || items(group) > rules.itemsPerGroup()
                || (session > 0 && items(all) > session)) {
            return false;
        }
        replace(wanted, begins, ends);
        return true;
    }

    /** Ends the pairs that this group holds; what it does not hold is none of its business. */
    void remove(KiwoomChange change, Consumer<KiwoomChange.Pair> ends) {
        Map<String, Set<KiwoomChange.Pair>> wanted = new LinkedHashMap<>();
        groups.forEach((name, pairs) -> {
            Set<KiwoomChange.Pair> left = new LinkedHashSet<>(pairs);
            if (name.equals(change.group())) {
                left.removeAll(change.pairs());
            }
            if (!left.isEmpty()) {
                wanted.put(name, left);
            }
        });
        replace(wanted, begun -> {}, ends);
    }

    private static long items(Set<KiwoomChange.Pair> pairs) {
        return pairs.stream().map(KiwoomChange.Pair::item).distinct().count();
    }

    private void replace(
            Map<String, Set<KiwoomChange.Pair>> wanted,
            Consumer<KiwoomChange.Pair> begins,
            Consumer<KiwoomChange.Pair> ends) {
        Set<KiwoomChange.Pair> before = pairs();
        groups.clear();
        groups.putAll(wanted);
        Set<KiwoomChange.Pair> now = pairs();
        before.stream().filter(each -> !now.contains(each)).forEach(ends);
        now.stream().filter(each -> !before.contains(each)).forEach(begins);
    }
}
