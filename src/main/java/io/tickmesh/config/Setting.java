package io.tickmesh.config;

/**
 * A value as somebody wrote it.
 *
 * @param source the option, the variable, or the file and line
 */
record Setting(String path, String value, String source) {
    /** Leaves the value out: it may be a secret. */
    @Override
    public String toString() {
        return path + " (" + source + ')';
    }
}
