package io.tickmesh.config;

import java.io.PrintStream;
import java.util.List;

/** The command {@code check}: shows the configuration that would hold, or all that is wrong with it. */
public final class Check {
    private Check() {}

    /** Returns the exit code. */
    public static int run(Inputs inputs, PrintStream out, PrintStream err) {
        Loaded loaded = ConfigLoader.load(inputs);
        print("warning", loaded.warnings(), err);
        if (loaded instanceof Loaded.Refused refused) {
            print("error", refused.problems(), err);
            return 1;
        }
        out.print(((Loaded.Accepted) loaded).effective().print());
        out.println("OK");
        return 0;
    }

    /** One line each, as every command reports them. */
    public static void print(String severity, List<Problem> problems, PrintStream err) {
        problems.forEach(problem -> err.println(severity + ": " + problem));
    }
}
