package io.tickmesh.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What every measurement needs.
 *
 * @param launcher starts a node as users do
 * @param jar of the node, which has the simulators too
 * @param directory where the servers run and what they print is kept
 */
record Bed(Path launcher, Path jar, Path directory, Options options, Web web) {

    /** The provider. */
    Simulator simulator(Scenario scenario) {
        return new Simulator(jar, directory, scenario, web);
    }

    /** The doors of a new node on that provider, which share the process. */
    List<NodeSubject> node(Simulator simulator, String... settings) {
        return NodeSubject.start("node", this, simulator, List.of(settings));
    }

    /** The one of a node's doors that speaks the native dialect. */
    NodeSubject stream(Simulator simulator, String... settings) {
        return NodeSubject.stream(node(simulator, settings));
    }

    PlainSubject plain(Simulator simulator, Scenario scenario) {
        return PlainSubject.start(directory, options.serverOptions(), simulator, scenario, web);
    }

    /** The ones among them that were asked for. */
    List<Subject> asked(List<Subject> subjects) {
        return subjects.stream()
                .filter(each -> each.name().contains(options.only()))
                .toList();
    }

    /** Node's {@code ws}; nothing where there is no npm. */
    List<PlainSubject> nodeJs(Simulator simulator, Scenario scenario) {
        return NodeJs.start(launcher.resolve("../../src/bench/node").normalize(), this, simulator, scenario);
    }
}
