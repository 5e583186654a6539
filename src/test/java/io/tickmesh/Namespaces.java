package io.tickmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Each node in a network namespace of its own, on two switches: one to its clients and the provider, one to the other nodes.
 *
 * <p>A cut moves a node's cable of the second kind to another switch. Nobody is told: the link stays up, no route goes
 * away, what is sent just never arrives, as when a switch between two racks fails. A link set down would be seen at
 * once, and a blackhole route makes the sender's own system call fail.
 */
final class Namespaces implements Site {
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

    /** Made for trials of networks (RFC 2544): no real network has these addresses. */
    private static final String OUTSIDE = "198.18.";

    private static final String INSIDE = "198.19.";

    private final int id = (int) (ProcessHandle.current().pid() % 250) + 1;
    private final String name = "tm" + id;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<String> switches = new ArrayList<>();

    Namespaces() {
        List<String> missing = new ArrayList<>();
        if (!succeeds("ip", "netns", "list")) {
            missing.add("the command `ip` (iproute2)");
        } else if (!succeeds("ip", "netns", "add", name + "-probe")) {
            missing.add("the right to make network namespaces (root)");
        }
        if (!missing.isEmpty()) {
            throw new AssertionError("nodes cannot be cut from each other here: missing is " + missing);
        }
        sweep();
        addSwitch(name + "out");
        ip("addr", "add", provider() + "/24", "dev", name + "out");
        addSwitch(inner(0));
    }

    /** What a run left that had the same process id and was killed. */
    private void sweep() {
        run("ip", "netns", "del", name + "-probe");
        for (String node : NODES) {
            run("ip", "link", "del", cable(node, "out"));
            run("ip", "link", "del", cable(node, "in"));
            run("ip", "netns", "del", space(node));
        }
        run("ip", "link", "del", name + "out");
        for (int group = 0; group < NODES.size(); group++) {
            run("ip", "link", "del", inner(group));
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return run(command).isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What went wrong; empty if nothing. */
    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        String failure = run(command.toArray(String[]::new));
        if (!failure.isEmpty()) {
            throw new AssertionError(String.join(" ", command) + ' ' + failure);
        }
    }

    private String inner(int group) {
        return name + "in" + group;
    }

    private void addSwitch(String bridge) {
        ip("link", "add", bridge, "type", "bridge");
        switches.add(bridge);
        ip("link", "set", bridge, "up");
    }

    private String space(String node) {
        return name + '-' + node;
    }

    private String cable(String node, String end) {
        return name + node + end;
    }

    @Override
    public void prepare(String node) {
        if (places.containsKey(node)) {
            return;
        }
        places.put(node, NODES.indexOf(node) + 2);
        ip("netns", "add", space(node));
        ip("-n", space(node), "link", "set", "lo", "up");
        plug(node, "out", name + "out", door(node));
        plug(node, "in", inner(0), inside(node));
    }

    private void plug(String node, String end, String bridge, String address) {
        ip("link", "add", cable(node, end), "type", "veth", "peer", "name", end, "netns", space(node));
        ip("link", "set", cable(node, end), "master", bridge, "up");
        ip("-n", space(node), "addr", "add", address + "/24", "dev", end);
        ip("-n", space(node), "link", "set", end, "up");
    }

    /** The nodes of each group see each other, and nobody else; the provider and the clients see all. */
    void cut(List<List<String>> groups) {
        for (int group = 0; group < groups.size(); group++) {
            if (!switches.contains(inner(group))) {
                addSwitch(inner(group));
            }
            for (String node : groups.get(group)) {
                ip("link", "set", cable(node, "in"), "master", inner(group));
            }
        }
    }

    /** One network again. */
    void heal() {
        cut(List.of(List.copyOf(places.keySet())));
    }

    /** The process that `ip netns exec` starts replaces it, so that signals reach the node. */
    @Override
    public List<String> launcher(String node) {
        return List.of("ip", "netns", "exec", space(node));
    }

    @Override
    public String provider() {
        return OUTSIDE + id + ".1";
    }

    @Override
    public String door(String node) {
        return OUTSIDE + id + '.' + (NODES.indexOf(node) + 2);
    }

    @Override
    public String inside(String node) {
        return INSIDE + id + '.' + (NODES.indexOf(node) + 2);
    }

    /** With the port: else ten are looked at on each host, and a host that is silent costs seconds for each. */
    @Override
    public String members() {
        return NODES.stream().map(each -> inside(each) + ":5701").collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        // the kernel takes a namespace down when it finds time, its end of a cable with it
        for (String node : places.keySet()) {
            ip("link", "del", cable(node, "out"));
            ip("link", "del", cable(node, "in"));
            ip("netns", "del", space(node));
        }
        switches.forEach(each -> ip("link", "del", each));
    }
}
