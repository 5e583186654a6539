package io.tickmesh.config;

/**
 * One thing that is wrong, or a warning, in words for the operator; never carries the value of a secret.
 *
 * @param path the key, or empty where the trouble is no key's
 * @param source the option, the variable, or the file and line; empty where several have a part in it
 */
public record Problem(String path, String source, String text) {
    @Override
    public String toString() {
        String where = source.isEmpty() ? "" : " (" + source + ')';
        return path.isEmpty() ? text + where : path + ": " + text + where;
    }
}
