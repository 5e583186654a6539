package io.tickmesh.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of an {@code .env} file: {@code NAME=value}, {@code export NAME=value}, comments, single quotes
 * (taken as they are) and double quotes (with {@code \n \t \" \\ \$}), both over several lines where need be.
 */
final class DotEnv {
    private static final Pattern START =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*");
    private static final Pattern NOTHING = Pattern.compile("[ \\t]*(#.*)?");
    private static final Map<Character, String> ESCAPES =
            Map.of('n', "\n", 'r', "\r", 't', "\t", '"', "\"", '\\', "\\", '$', "$");

    private final String file;
    private final String text;
    private final Collection<Problem> problems;
    private final List<EnvironmentNames.Variable> variables = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private int position;
    private int line = 1;

    private DotEnv(String file, String text, Collection<Problem> problems) {
        this.file = file;
        this.text = text.replace("\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n');
        this.problems = problems;
    }

    static List<EnvironmentNames.Variable> read(String file, String text, Collection<Problem> problems) {
        DotEnv reader = new DotEnv(file, text, problems);
        while (reader.position < reader.text.length()) {
            reader.statement();
        }
        return reader.variables;
    }

    private void statement() {
        int start = line;
        String rest = restOfLine();
        Matcher matcher = START.matcher(rest);
        if (matcher.lookingAt()) {
            String name = matcher.group(1);
            position += matcher.end();
            add(name, value(start), start);
        } else if (!NOTHING.matcher(rest).matches()) {
            problems.add(new Problem("", source(start), "is not NAME=value"));
        }
        nextLine();
    }

    private void add(String name, String value, int start) {
        Integer before = seen.putIfAbsent(name, start);
        boolean ours = name.startsWith(EnvironmentNames.PREFIX)
                || ContractNames.effective().contains(name);
        if (before != null && ours) {
            problems.add(new Problem("", source(start), "duplicate of " + name + " in line " + before));
        }
        if (EnvironmentNames.OF_LAUNCHER.contains(name)) {
            problems.add(
                    new Problem("", source(start), name + " is read from the environment only, not from this file"));
        }
        variables.add(new EnvironmentNames.Variable(name, value, source(start) + ", " + name));
    }

    private String value(int start) {
        char first = position < text.length() ? text.charAt(position) : '\n';
        if (first == '"' || first == '\'') {
            position++;
            return quoted(first, start);
        }
        String rest = restOfLine();
        Matcher comment = Pattern.compile("(^|[ \\t])#").matcher(rest);
        return (comment.find() ? rest.substring(0, comment.start()) : rest).strip();
    }

    private String quoted(char quote, int start) {
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == quote) {
                trailing();
                return value.toString();
            }
            if (next == '\n') {
                line++;
            }
            if (next == '\\' && quote == '"' && position < text.length()) {
                value.append(escaped(text.charAt(position++)));
            } else {
                value.append(next);
            }
        }
        problems.add(new Problem("", source(start), "the quote is not closed"));
        return "";
    }

    private String escaped(char next) {
        if (next == '\n') {
            line++;
        }
        return ESCAPES.getOrDefault(next, "\\" + next);
    }

    private void trailing() {
        if (!NOTHING.matcher(restOfLine()).matches()) {
            problems.add(new Problem("", source(line), "has text behind the closing quote"));
        }
    }

    private String restOfLine() {
        int end = text.indexOf('\n', position);
        return text.substring(position, end < 0 ? text.length() : end);
    }

    private void nextLine() {
        position += restOfLine().length() + 1;
        line++;
    }

    private String source(int at) {
        return file + " line " + at;
    }
}
