package io.tickmesh.upstream.kiwoom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which group each registration stands in: a group has room for so many, and only it can give them up again. */
final class KiwoomGroups {
    /** The most registrations in a group, and so in one frame. */
    static final int ROOM = 100;

    private final Map<String, Integer> groups = new HashMap<>();
    private final Map<Integer, Integer> sizes = new HashMap<>();

    /** The group that takes these codes, at most {@link #ROOM}, all together. */
    int place(List<String> codes) {
        forget(codes);
        int group = 1;
        while (sizes.getOrDefault(group, 0) + codes.size() > ROOM) {
            group++;
        }
        for (String code : codes) {
            if (groups.put(code, group) == null) {
                sizes.merge(group, 1, Integer::sum);
            }
        }
        return group;
    }

    void forget(List<String> codes) {
        for (String code : codes) {
            @Nullable Integer group = groups.remove(code);
            if (group != null) {
                sizes.computeIfPresent(group, (number, size) -> size == 1 ? null : size - 1);
            }
        }
    }

    /** The codes by the groups they stand in; one that stands in none is taken for one of the first. */
    Map<Integer, List<String>> byGroup(List<String> codes) {
        Map<Integer, List<String>> all = new LinkedHashMap<>();
        for (String code : codes) {
            all.computeIfAbsent(groups.getOrDefault(code, 1), group -> new ArrayList<>())
                    .add(code);
        }
        return all;
    }

    int size() {
        return groups.size();
    }
}
