package io.tickmesh.config;

import java.util.List;

/** What came of loading: a configuration, or everything that is wrong with it. */
public sealed interface Loaded {

    /** Things to know that keep nobody from starting. */
    List<Problem> warnings();

    /** The configuration is whole. */
    record Accepted(NodeConfig config, EffectiveConfig effective, List<Problem> warnings) implements Loaded {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /** All problems at once; never empty. */
    record Refused(List<Problem> problems, List<Problem> warnings) implements Loaded {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
