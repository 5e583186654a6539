package io.tickmesh.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A source tree with the real launcher, and a machine with fake Javas, a fake Maven and nothing else of this one. */
final class LauncherTree {
    private static final List<String> TOOLS = List.of(
            "sh",
            "awk",
            "sed",
            "dirname",
            "readlink",
            "find",
            "head",
            "sort",
            "ln",
            "rm",
            "mkdir",
            "touch",
            "mv",
            "env",
            "cat");
    private static final String JAVA = """
            #!/bin/sh
            echo "java:$0"
            echo "pid:$$"
            echo "pwd:$(pwd)"
            for argument; do
                echo "arg:$argument"
                case $argument in -XX:ArchiveClassesAtExit=*) env >"${argument#*=}" ;; esac
            done
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo "$JAVA_HOME $MAVEN_OPTS $*" >>"$MACHINE/builds"
            if [ -e "$MACHINE/broken" ]; then echo "it does not compile"; exit 1; fi
            while [ -e "$MACHINE/closed" ]; do "$REAL_SLEEP" 0.02; done
            mkdir -p target && echo jar >target/tickmesh.jar
            """;
    private static final String SLEEP = """
            #!/bin/sh
            echo waits >>"$MACHINE/waits"
            exec "$REAL_SLEEP" "$@"
            """;

    final Path machine;
    final Path tree;

    LauncherTree(Path machine) throws IOException {
        this.machine = machine.toRealPath();
        this.tree = this.machine.resolve("a tree");
        Path bin = Files.createDirectories(this.machine.resolve("bin"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "#!/bin/sh\nexec " + real(tool) + " \"$@\"\n");
        }
        script(bin.resolve("mvn"), MAVEN);
        script(bin.resolve("sleep"), SLEEP);
        String text = Files.readString(Path.of("bin/tickmesh"));
        script(
                tree.resolve("bin/tickmesh"),
                text.replace("/usr/lib/jvm/*", this.machine + "/jvm/*")
                        .replace("/opt/*", this.machine + "/opt/*")
                        .replace("/Library/Java", this.machine + "/library"));
        for (String source : List.of("pom.xml", "cluster.xml", "src/main/java/A.java", "src/main/resources/b")) {
            write(tree.resolve(source), "x");
        }
    }

    private static Path real(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + tool));
    }

    /** A Java under {@code place}, e.g. {@code jvm/java-17}; without a compiler when it is no JDK. */
    Path java(String place, String version, boolean compiler) throws IOException {
        Path home = machine.resolve(place);
        script(home.resolve("bin/java"), JAVA);
        if (compiler) {
            script(home.resolve("bin/javac"), "#!/bin/sh\n");
        }
        write(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** A jar that is newer than all sources. */
    void built() throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList()) {
                touch(file, Instant.now().minusSeconds(1_000));
            }
        }
        write(jar(), "jar");
        touch(jar(), Instant.now().minusSeconds(500));
    }

    Path jar() {
        return tree.resolve("target/tickmesh.jar");
    }

    static void touch(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    Process start(Path launcher, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(machine.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", machine.resolve("bin").toString(),
                        "HOME", machine.resolve("home").toString(),
                        "MACHINE", machine.toString(),
                        "REAL_SLEEP", real("sleep").toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What a finished launcher said. */
    record Said(int exitCode, List<String> out, List<String> err, long pid) {
        String java() {
            return only("java:").replaceAll("/bin/java$", "");
        }

        List<String> arguments() {
            return out.stream()
                    .filter(line -> line.startsWith("arg:"))
                    .map(line -> line.substring(4))
                    .toList();
        }

        String only(String prefix) {
            List<String> lines =
                    out.stream().filter(line -> line.startsWith(prefix)).toList();
            if (lines.size() != 1) {
                throw new AssertionError(prefix + " in " + out + err);
            }
            return lines.get(0).substring(prefix.length());
        }
    }

    Said run(Map<String, String> environment, String... args) throws Exception {
        return finished(start(tree.resolve("bin/tickmesh"), environment, args));
    }

    static Said finished(Process process) throws Exception {
        List<String> out = process.inputReader().lines().toList();
        List<String> err = process.errorReader().lines().toList();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new TimeoutException("the launcher does not end");
        }
        return new Said(process.exitValue(), out, err, process.pid());
    }

    /** One line for each build: its JAVA_HOME, MAVEN_OPTS and arguments. */
    List<String> builds() throws IOException {
        return lines("builds");
    }

    List<String> lines(String name) throws IOException {
        Path file = machine.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    static void write(Path file, String text) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
