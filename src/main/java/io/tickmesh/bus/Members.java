package io.tickmesh.bus;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names of the live nodes, this one among them. */
public record Members(SortedSet<String> names) {
    public Members {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
