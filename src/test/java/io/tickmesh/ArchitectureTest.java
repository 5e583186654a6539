package io.tickmesh;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house of the design, kept by the build. */
@AnalyzeClasses(packages = "io.tickmesh", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] VOCABULARY = {
        "io.tickmesh.market..",
        "io.tickmesh.config..",
        "io.tickmesh.bus..",
        "io.tickmesh.metrics..",
        "io.tickmesh.redis.."
    };
    private static final String[] ROLES = {
        "io.tickmesh.upstream..",
        "io.tickmesh.sim..",
        "io.tickmesh.subscription..",
        "io.tickmesh.cache..",
        "io.tickmesh.client..",
        "io.tickmesh.channel..",
        "io.tickmesh.admin..",
        "io.tickmesh.cluster..",
        "io.tickmesh.store.."
    };
    private static final DescribedPredicate<JavaClass> ANYONE = DescribedPredicate.alwaysTrue();

    @ArchTest
    static final ArchRule marketKnowsNoFramework = classes()
            .that()
            .resideInAPackage("io.tickmesh.market..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.tickmesh.market..", "org.jspecify..");

    @ArchTest
    static final ArchRule rolesMeetOnlyOnTheBus = slices().matching("io.tickmesh.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(ANYONE, resideInAnyPackage(VOCABULARY));

    @ArchTest
    static final ArchRule theVocabularyKnowsNoRole = noClasses()
            .that()
            .resideInAnyPackage(VOCABULARY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROLES);

    @ArchTest
    static final ArchRule onlyTheRootKnowsAllRooms = noClasses()
            .that()
            .resideInAPackage("io.tickmesh.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tickmesh");

    @ArchTest
    static final ArchRule aProviderKnowsNoSocket = noClasses()
            .that()
            .resideInAPackage("io.tickmesh.upstream.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.net..", "io.vertx.core.http..", "io.netty.channel..", "java.net..");

    @ArchTest
    static final ArchRule nobodyBlocksAnEventLoop = noClasses()
            .that()
            .resideInAPackage("io.tickmesh.*..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(io.vertx.core.Future.class, "await")
            .orShould()
            .callMethod(java.util.concurrent.CompletableFuture.class, "join")
            .orShould()
            .callMethod(java.util.concurrent.CompletableFuture.class, "get")
            .orShould()
            .callMethod(java.util.concurrent.CountDownLatch.class, "await");

    /** To share frames between clients, to abort an upstream, and to misbehave as a simulator must. */
    @ArchTest
    static final ArchRule onlyThreeSocketsLookBelowVertx = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.tickmesh.client.WebSocketTransport")
            .and()
            .doNotHaveFullyQualifiedName("io.tickmesh.upstream.UpstreamSocket")
            .and()
            .doNotHaveFullyQualifiedName("io.tickmesh.sim.WsSocket")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.internal..", "io.vertx.core.impl..");

    /** Bytecode does not show which text goes into which call, so this one reads the sources. */
    @Test
    void shouldNameAddressesOnlyInTheBusRoom() throws IOException {
        Pattern literalAddress = Pattern.compile("\\.(send|publish|request|consumer|localConsumer)\\(\\s*\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/tickmesh"))) {
            List<Path> offenders = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("/bus/"))
                    .filter(path -> literalAddress.matcher(read(path)).find())
                    .filter(path -> read(path).contains("eventBus()"))
                    .toList();
            assertThat(offenders).isEmpty();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
