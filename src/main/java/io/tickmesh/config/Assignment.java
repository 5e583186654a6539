package io.tickmesh.config;

/**
 * A value given on the command line; an empty one means the built-in default.
 *
 * @param option how it was given, e.g. {@code --port}
 */
public record Assignment(String path, String value, String option) {
    @Override
    public String toString() {
        return option + ' ' + path;
    }
}
