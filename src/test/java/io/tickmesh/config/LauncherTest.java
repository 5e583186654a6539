package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
    private static final Map<String, String> PLAIN = Map.of();

    @TempDir
    private Path directory;

    private LauncherTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new LauncherTree(directory);
    }

    @Test
    void shouldTakeTheNewestJavaOfAllPlaces() throws Exception {
        tree.built();
        tree.java("jvm/java-8", "1.8.0_402", true);
        tree.java("jvm/java-17", "17.0.15", true);
        tree.java("opt/jdk", "21.0.2", true);
        tree.java("home/.sdkman/candidates/java/22", "21.0.10", true);
        Path newest = tree.java("home/.jdks/a jdk", "25.0.3", true);
        Path older = tree.java("elsewhere", "25", true);
        Files.createDirectories(directory.resolve("jvm/no-java"));

        assertThat(tree.run(Map.of("JAVA_HOME", older.toString())).java()).isEqualTo(newest.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm/x", "opt/x", "home/.sdkman/candidates/java/x", "home/.jdks/x", "home java", "path"})
    void shouldLookEverywhere(String place) throws Exception {
        tree.built();
        tree.java("jvm/java-17", "17.0.1", true);
        Path newer = tree.java(place, "18", true);
        Map<String, String> environment = place.equals("home java") ? Map.of("JAVA_HOME", newer.toString()) : PLAIN;
        if (place.equals("path")) {
            Files.createSymbolicLink(tree.machine.resolve("bin/java"), newer.resolve("bin/java"));
        }

        assertThat(tree.run(environment).java()).isEqualTo(newer.toString());
    }

    @Test
    void shouldAskAJavaWithoutAReleaseFile() throws Exception {
        tree.built();
        Path home = tree.java("jvm/x", "17", true);
        Files.delete(home.resolve("release"));
        LauncherTree.write(
                home.resolve("bin/java"),
                "#!/bin/sh\n[ \"$1\" = -version ] && echo 'openjdk version \"19.0.1\" 2022' >&2 || echo \"java:$0\"\n");

        assertThat(tree.run(PLAIN).java()).isEqualTo(home.toString());
    }

    @Test
    void shouldObeyTheOperatorsChoice() throws Exception {
        tree.built();
        tree.java("jvm/x", "25", true);
        Path chosen = tree.java("mine", "17", false);

        assertThat(tree.run(Map.of("TICKMESH_JAVA_HOME", chosen.toString())).java())
                .isEqualTo(chosen.toString());
    }

    @Test
    void shouldRefuseAnOperatorsChoiceThatCannotWork() throws Exception {
        tree.built();
        String missing = directory.resolve("none").toString();
        String old = tree.java("old", "11.0.2", true).toString();

        LauncherTree.Said noJava = tree.run(Map.of("TICKMESH_JAVA_HOME", missing));
        LauncherTree.Said tooOld = tree.run(Map.of("TICKMESH_JAVA_HOME", old));

        assertThat(noJava.err()).containsExactly("tickmesh: TICKMESH_JAVA_HOME has no working bin/java: " + missing);
        assertThat(noJava.exitCode()).isOne();
        assertThat(tooOld.err())
                .containsExactly("tickmesh: TICKMESH_JAVA_HOME is Java 11.0.2, but 17 or later is needed");
        assertThat(tooOld.exitCode()).isOne();
    }

    @Test
    void shouldSayThatThereIsNoJava() throws Exception {
        tree.built();
        tree.java("jvm/x", "16.0.2", true);

        LauncherTree.Said said = tree.run(PLAIN);

        assertThat(said.err())
                .containsExactly("tickmesh: no Java 17 or later found; install a JDK or set TICKMESH_JAVA_HOME");
        assertThat(said.exitCode()).isOne();
    }

    @Test
    void shouldHandOnArgumentsAndOptions() throws Exception {
        tree.built();
        tree.java("jvm/x", "17.0.15", false);

        LauncherTree.Said said =
                tree.run(Map.of("TICKMESH_JAVA_OPTS", "-Xmx1g  -Da=*"), "sim", "--set", "node.name=a b", "", "$x");

        assertThat(said.arguments())
                .containsExactly(
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules",
                        "java.se",
                        "--add-exports",
                        "java.base/jdk.internal.ref=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-opens",
                        "java.management/sun.management=ALL-UNNAMED",
                        "--add-opens",
                        "jdk.management/com.sun.management.internal=ALL-UNNAMED",
                        "-Xmx1g",
                        "-Da=*",
                        "-jar",
                        tree.jar().toString(),
                        "sim",
                        "--set",
                        "node.name=a b",
                        "",
                        "$x");
        assertThat(said.only("pwd:")).isEqualTo(tree.machine.toString());
        assertThat(said.err()).isEmpty();
    }

    @Test
    void shouldPutFurtherJarsBesideItsOwn() throws Exception {
        tree.built();
        tree.java("jvm/x", "17.0.15", false);

        LauncherTree.Said said = tree.run(Map.of("TICKMESH_JAVA_CLASS_PATH", "/a b/one.jar:two.jar"), "--port", "1");

        assertThat(said.arguments())
                .endsWith("-cp", tree.jar() + ":/a b/one.jar:two.jar", "io.tickmesh.Main", "--port", "1")
                .doesNotContain("-jar");
    }

    @Test
    void shouldAllowUnsafeMemoryAccessWhereItIsWarnedAbout() throws Exception {
        tree.built();
        tree.java("jvm/x", "24", false);

        assertThat(tree.run(PLAIN).arguments()).contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void shouldBecomeTheJavaSoThatSignalsReachIt() throws Exception {
        tree.built();
        tree.java("jvm/x", "17", false);

        LauncherTree.Said said = tree.run(PLAIN);

        assertThat(said.only("pid:")).isEqualTo(Long.toString(said.pid()));
    }

    @Test
    void shouldWorkThroughLinks() throws Exception {
        tree.built();
        tree.java("jvm/x", "17", false);
        Path first = Files.createSymbolicLink(tree.machine.resolve("bin/one"), tree.tree.resolve("bin/tickmesh"));
        Path second = Files.createSymbolicLink(tree.machine.resolve("two"), Path.of("bin/one"));

        for (Path launcher : List.of(first, second)) {
            assertThat(LauncherTree.finished(tree.start(launcher, PLAIN)).arguments())
                    .contains(tree.jar().toString());
        }
    }

    @Test
    void shouldBuildWithTheNewestCompilerWhenTheJarIsMissing() throws Exception {
        Path jdk = tree.java("jvm/a", "21", true);
        tree.java("jvm/b", "17", true);
        Path jre = tree.java("jvm/c", "25", false);

        LauncherTree.Said said = tree.run(PLAIN);

        assertThat(tree.builds()).containsExactly(jdk + "   -q -B -Pquick package");
        assertThat(said.err()).containsExactly("building...");
        assertThat(said.java()).isEqualTo(jre.toString());
        assertThat(tree.run(PLAIN).err()).isEmpty();
        assertThat(tree.builds()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "cluster.xml", "src/main/java/A.java", "src/main/resources/b", "src/main/java"})
    void shouldBuildWhenASourceIsNewer(String source) throws Exception {
        tree.built();
        tree.java("jvm/a", "17", true);
        LauncherTree.touch(tree.tree.resolve(source), Instant.now().minusSeconds(100));

        assertThat(tree.run(PLAIN).exitCode()).isZero();
        assertThat(tree.run(PLAIN).exitCode()).isZero();

        assertThat(tree.builds()).hasSize(1);
    }

    @Test
    void shouldArchiveTheClassesOfAFreshBuildWithoutTheOperatorsSecrets() throws Exception {
        tree.java("jvm/x", "17", true);
        Path archive = tree.tree.resolve("target/classes-17.jsa");

        LauncherTree.Said first = tree.run(Map.of("FMP_API_KEY", "hush"));
        LauncherTree.Said second = tree.run(PLAIN);

        assertThat(Files.readString(archive)).doesNotContain("hush");
        assertThat(first.arguments()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(second.arguments()).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void shouldBuildAgainWhenASourceChangedDuringTheBuild() throws Exception {
        tree.java("jvm/a", "17", true);
        LauncherTree.write(directory.resolve("closed"), "");
        Process first = tree.start(tree.tree.resolve("bin/tickmesh"), PLAIN);
        await().until(() -> tree.builds().size() == 1);
        LauncherTree.touch(tree.tree.resolve("pom.xml"), Instant.now().plusSeconds(1));
        Files.delete(directory.resolve("closed"));
        LauncherTree.finished(first);

        assertThat(tree.run(PLAIN).err()).containsExactly("building...");
    }

    @Test
    void shouldNotBuildTwiceWhenTwoStartTogether() throws Exception {
        tree.java("jvm/a", "17", true);
        LauncherTree.write(directory.resolve("closed"), "");
        Process first = tree.start(tree.tree.resolve("bin/tickmesh"), PLAIN);
        await().until(() -> tree.builds().size() == 1);
        Process second = tree.start(tree.tree.resolve("bin/tickmesh"), PLAIN);
        await().until(() -> !tree.lines("waits").isEmpty());
        Files.delete(directory.resolve("closed"));

        assertThat(LauncherTree.finished(first).exitCode()).isZero();
        assertThat(LauncherTree.finished(second).exitCode()).isZero();
        assertThat(tree.builds()).hasSize(1);
        assertThat(tree.tree.resolve("target/.build-lock")).doesNotExist();
    }

    @Test
    void shouldTakeOverTheLockOfABuildThatWasKilled() throws Exception {
        tree.java("jvm/a", "17", true);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(tree.tree.resolve("target"));
        Files.createSymbolicLink(tree.tree.resolve("target/.build-lock"), Path.of(Long.toString(dead.pid())));

        assertThat(tree.run(PLAIN).exitCode()).isZero();
        assertThat(tree.builds()).hasSize(1);
        try (var left = Files.list(tree.tree.resolve("target"))) {
            assertThat(left.filter(file -> file.toString().contains("lock"))).isEmpty();
        }
    }

    @Test
    void shouldNotStartAfterAFailedBuild() throws Exception {
        tree.built();
        tree.java("jvm/a", "17", true);
        LauncherTree.touch(tree.tree.resolve("pom.xml"), Instant.now());
        LauncherTree.write(directory.resolve("broken"), "");

        LauncherTree.Said broken = tree.run(PLAIN);
        Files.delete(directory.resolve("broken"));
        LauncherTree.Said mended = tree.run(PLAIN);

        assertThat(broken.err()).containsExactly("building...", "it does not compile", "tickmesh: the build failed");
        assertThat(broken.exitCode()).isOne();
        assertThat(broken.out()).isEmpty();
        assertThat(mended.exitCode()).isZero();
        assertThat(tree.builds()).hasSize(2);
    }

    @Test
    void shouldNeedACompilerAndMavenOnlyToBuild() throws Exception {
        tree.java("jvm/a", "17", false);

        LauncherTree.Said noCompiler = tree.run(PLAIN);
        tree.java("jvm/a", "17", true);
        Files.delete(directory.resolve("bin/mvn"));
        LauncherTree.Said noMaven = tree.run(PLAIN);
        tree.built();
        LauncherTree.Said built = tree.run(PLAIN);

        assertThat(noCompiler.err())
                .containsExactly(
                        "tickmesh: the jar must be built, but there is no JDK 17 or later (a Java with bin/javac)");
        assertThat(noCompiler.exitCode()).isOne();
        assertThat(noMaven.err())
                .containsExactly("tickmesh: the jar must be built, but there is no Maven (mvn) on the PATH");
        assertThat(noMaven.exitCode()).isOne();
        assertThat(built.exitCode()).isZero();
    }
}
