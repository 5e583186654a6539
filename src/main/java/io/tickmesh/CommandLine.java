package io.tickmesh;

import io.tickmesh.config.Assignment;
import io.tickmesh.config.Inputs;
import io.tickmesh.config.Nearest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param confFile as given with {@code --conf}, or null
 * @param recording what {@link Command#RECORD} is to record; null for all others
 */
public record CommandLine(
        Command command,
        @Nullable String confFile,
        List<Assignment> assignments,
        @Nullable RecordOrder recording) {

    /** What to do. */
    public enum Command {
        START,
        SIM,
        CHECK,
        RECORD,
        HELP,
        VERSION;

        private static final List<String> TYPED = List.of("start", "sim", "check", "record");
    }

    /** What came of parsing. */
    public sealed interface Outcome {
        /** The command line is understood. */
        record Understood(CommandLine commandLine) implements Outcome {}

        /** It is not; one line says why. */
        record Wrong(String text) implements Outcome {}
    }

    public static final String HELP = """
            usage: bin/tickmesh [start | sim | check | record FEED FILE] [options]

            commands
              start               run a node (the default)
              sim                 run only the simulators of the providers
              check               print the configuration that would hold, secrets masked, and exit
              record FEED FILE    connect to a feed without a cluster and write every frame it sends into a
                                  new file, until Ctrl-C; where the provider allows an account one session,
                                  a node that uses it loses its own

            options
              --conf FILE         read a YAML file; conf/tickmesh.yaml lists every key
              --port N            port for clients, short for --set http.port=N
              --set PATH=VALUE    set any key, as often as you like; an empty value means the default
              --topics A,B        what to record, like trade/fmp:AAPL; default: a well-known instrument
              --seconds N         end the recording after so long
              --frames N          end the recording after so many frames
              --help              print this and exit
              --version           print the version and exit

            Every key can also be set by an environment variable or in a file .env in the working
            directory: TICKMESH_HTTP_PORT is http.port. The command line wins, then the environment,
            then .env, then the file. Keys, rules and examples: docs/configuration.md
            """;

    private static final List<String> OPTIONS =
            List.of("--conf", "--port", "--set", "--topics", "--seconds", "--frames", "--help", "--version");
    private static final Pattern WORD = Pattern.compile("[A-Za-z-]{1,20}");
    private static final String SEE_HELP = "; see --help";

    /** Anything but a recording. */
    public CommandLine(Command command, @Nullable String confFile, List<Assignment> assignments) {
        this(command, confFile, assignments, null);
    }

    public CommandLine {
        assignments = List.copyOf(assignments);
    }

    public static Outcome parse(String... args) {
        try {
            return new Outcome.Understood(new Reader(args).read());
        } catch (Misuse misuse) {
            return new Outcome.Wrong(misuse.text);
        }
    }

    /** What the configuration is to be loaded from. */
    public Inputs inputs(Map<String, String> environment, Path directory, long pid) {
        return new Inputs(environment, directory, pid, confFile, assignments);
    }

    /** Of the running jar. */
    public static String version() {
        @Nullable String version = CommandLine.class.getPackage().getImplementationVersion();
        return "tickmesh " + (version == null ? "(not packed)" : version);
    }

    private static final class Misuse extends Exception {
        private final String text;

        Misuse(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }

    private static final class Reader {
        private final Deque<String> left;
        private final List<Assignment> assignments = new ArrayList<>();
        private @Nullable Command command;
        private @Nullable Command information;
        private @Nullable String confFile;
        private final RecordWords recording = new RecordWords();

        Reader(String... args) {
            left = new ArrayDeque<>(Arrays.asList(args));
        }

        CommandLine read() throws Misuse {
            while (!left.isEmpty()) {
                String argument = left.pop();
                if (argument.startsWith("-")) {
                    option(argument);
                } else if (command == Command.RECORD) {
                    judge(recording.add(argument));
                } else {
                    command(argument);
                }
            }
            Command asked = command == null ? Command.START : command;
            if (information != null) {
                return new CommandLine(information, confFile, assignments);
            }
            judge(recording.problem(asked == Command.RECORD));
            return new CommandLine(asked, confFile, assignments, asked == Command.RECORD ? recording.order() : null);
        }

        private static void judge(String problem) throws Misuse {
            if (!problem.isEmpty()) {
                throw new Misuse(problem + SEE_HELP);
            }
        }

        private void option(String argument) throws Misuse {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            @Nullable String attached = equals < 0 ? null : argument.substring(equals + 1);
            switch (name) {
                case "--conf" -> conf(value(name, attached, "a file"));
                case "--port" -> assignments.add(new Assignment("http.port", value(name, attached, "a number"), name));
                case "--set" -> assign(value(name, attached, "PATH=VALUE"));
                case "--topics" -> judge(recording.topics(value(name, attached, "topics like trade/fmp:AAPL")));
                case "--seconds" -> judge(recording.seconds(value(name, attached, "a number")));
                case "--frames" -> judge(recording.frames(value(name, attached, "a number")));
                case "--help", "-h" -> inform(Command.HELP, name, attached);
                case "--version" -> inform(Command.VERSION, name, attached);
                default ->
                    throw new Misuse("unknown option" + shown(name.replaceFirst("^-+", ""), name)
                            + ", the nearest known one is " + Nearest.to(name, OPTIONS) + SEE_HELP);
            }
        }

        private String value(String option, @Nullable String attached, String what) throws Misuse {
            String value = attached == null ? left.poll() : attached;
            if (value == null || value.isBlank() || (attached == null && value.startsWith("--"))) {
                throw new Misuse(option + " needs " + what + SEE_HELP);
            }
            return value;
        }

        private void conf(String file) throws Misuse {
            if (confFile != null) {
                throw new Misuse("--conf is given twice" + SEE_HELP);
            }
            confFile = file;
        }

        private void assign(String text) throws Misuse {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new Misuse("--set needs PATH=VALUE" + SEE_HELP);
            }
            assignments.add(new Assignment(text.substring(0, equals).strip(), text.substring(equals + 1), "--set"));
        }

        private void inform(Command asked, String name, @Nullable String attached) throws Misuse {
            if (attached != null) {
                throw new Misuse(name + " takes no value" + SEE_HELP);
            }
            information = information == null ? asked : information;
        }

        private void command(String argument) throws Misuse {
            if (!Command.TYPED.contains(argument)) {
                throw new Misuse("unknown command" + shown(argument, argument) + ", the nearest known one is "
                        + Nearest.to(argument, Command.TYPED) + SEE_HELP);
            }
            Command asked = Command.valueOf(argument.toUpperCase(Locale.ROOT));
            if (command != null && command != asked) {
                throw new Misuse("only one command can be given" + SEE_HELP);
            }
            command = asked;
        }

        /** Nothing that may be a misplaced secret. */
        private static String shown(String word, String name) {
            return WORD.matcher(word).matches() ? ' ' + name : "";
        }
    }
}
