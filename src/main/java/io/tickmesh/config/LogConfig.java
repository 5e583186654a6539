package io.tickmesh.config;

/** How the node writes its log: lines for people or objects for machines, and from which level. */
public record LogConfig(Format format, Level level) {
    /** The shape of a log line. */
    public enum Format {
        HUMAN,
        JSON
    }

    /** The lowest level that is written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public static final LogConfig DEFAULTS = new LogConfig(Format.HUMAN, Level.INFO);
}
