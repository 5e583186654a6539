package io.tickmesh.client.stock;

import java.util.List;
import java.util.stream.Collectors;

/** Writes texts as Python prints a list of them. */
final class PythonList {
    private PythonList() {}

    static String of(List<String> texts) {
        return texts.stream().map(PythonList::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Single quotes, unless there are single ones and no double ones within. */
    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\");
        return text.indexOf('\'') >= 0 && text.indexOf('"') < 0
                ? '"' + escaped + '"'
                : '\'' + escaped.replace("'", "\\'") + '\'';
    }
}
