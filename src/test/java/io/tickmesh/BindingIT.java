package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which sockets a node opens, read from the kernel. */
@EnabledOnOs(OS.LINUX)
final class BindingIT {
    private static final String LISTENS = "0A";
    private static final String MAPPED = "0000000000000000FFFF0000";

    @TempDir
    private Path directory;

    /** The numbers of all sockets of a process. */
    private static Set<String> sockets(long pid) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.map(BindingIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Set<String> open(long pid, String protocol, String states) throws IOException {
        Set<String> own = sockets(pid);
        Set<String> found = new TreeSet<>();
        for (String table : List.of(protocol, protocol + '6')) {
            Path file = Path.of("/proc/" + pid + "/net/" + table);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] words = line.strip().split(" +", -1);
                if (words.length > 9 && words[3].matches(states) && own.contains(words[9])) {
                    found.add(address(words[1]));
                }
            }
        }
        return found;
    }

    /** The kernel writes addresses in hexadecimal, each four bytes turned round, IPv4 also as IPv6. */
    private static String address(String written) {
        String host = written.split(":", 2)[0];
        int port = Integer.parseInt(written.split(":", 2)[1], 16);
        String four = host.startsWith(MAPPED) ? host.substring(MAPPED.length()) : host;
        if (four.length() != 8) {
            return '[' + host + "]:" + port;
        }
        return Stream.of(6, 4, 2, 0)
                        .map(at -> Integer.toString(Integer.parseInt(four.substring(at, at + 2), 16)))
                        .collect(Collectors.joining("."))
                + ':'
                + port;
    }

    @Test
    void shouldListenWhereTheConfigurationSaysAndNowhereElse() throws IOException {
        List<Integer> ports =
                Stream.generate(NodeProcess::freePort).distinct().limit(4).toList();
        List<String> arguments = Stream.of(
                        "http.port=" + ports.get(0),
                        "management.port=" + ports.get(1),
                        "cluster.port=" + ports.get(2),
                        "cluster.bus_port=" + ports.get(3),
                        "cluster.name=binding-" + ports.get(0),
                        "feeds.fmp.mode=off",
                        "feeds.fmp-crypto.mode=off",
                        "feeds.fmp-forex.mode=off",
                        "feeds.kis.mode=off",
                        "feeds.kiwoom.mode=off",
                        "feeds.upbit.mode=off")
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
        try (NodeProcess node =
                NodeProcess.run(directory, arguments.toArray(String[]::new)).started()) {
            Set<String> expected =
                    ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.toSet());

            assertThat(open(node.pid(), "tcp", LISTENS)).isEqualTo(expected);
            assertThat(open(node.pid(), "udp", ".*")).isEmpty();
        }
    }
}
