package io.tickmesh.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes keys with their values as nested sections. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/.-]([A-Za-z0-9_.:/+-]*[A-Za-z0-9_./+-])?");
    private static final Set<String> NULLS = Set.of("null", "Null", "NULL", "-", ".", "---", "...");

    private final StringBuilder out = new StringBuilder();
    private List<String> open = List.of();

    /** Adds one line, and before it the sections that it is the first of; a comment comes behind it. */
    void add(String path, String value, String comment) {
        String indent = enter(path);
        String name = path.substring(path.lastIndexOf('.') + 1);
        out.append((indent + name + ": " + value).stripTrailing());
        out.append(comment.isEmpty() ? "\n" : "  # " + comment + '\n');
    }

    /** Adds one line of comment above what is added next. */
    void comment(String path, String comment) {
        out.append(enter(path)).append("# ").append(comment).append('\n');
    }

    private String enter(String path) {
        List<String> names = List.of(path.split("\\."));
        List<String> sections = names.subList(0, names.size() - 1);
        for (int depth = 0; depth < sections.size(); depth++) {
            if (depth >= open.size() || !sections.subList(0, depth + 1).equals(open.subList(0, depth + 1))) {
                out.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
            }
        }
        open = sections;
        return "  ".repeat(sections.size());
    }

    /** How the value stands in a file; nothing for none, a mask for a secret. */
    static <T> String value(Key<T> key, @Nullable T value) {
        if (value == null) {
            return "";
        }
        String text = key.type().writer().apply(value);
        return key.isList()
                ? Types.items(text).stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"))
                : scalar(text);
    }

    static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !NULLS.contains(text)
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
