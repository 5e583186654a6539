package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir = Path.of("");

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private TokenFile file() {
        return new TokenFile(vertx, dir.resolve("state/tokens"), "kis");
    }

    @Test
    void shouldFindWhatWasWrittenLast() throws Exception {
        assertThat(await(file().read())).isEmpty();
        await(file().write("1.first"));
        await(file().write("1.second"));

        assertThat(await(file().read())).isEqualTo("1.second");
    }

    @Test
    void shouldBelongToItsOwnerAloneAndLeaveNothingElseBehind() throws Exception {
        await(file().write("1.first"));
        await(file().write("1.second"));

        Path made = dir.resolve("state/tokens");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("kis.tokens"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files).containsExactly(made.resolve("kis.tokens"));
        }
    }

    @Test
    void shouldFailWhereItCannotWriteOrWhereAnythingElseStands() throws Exception {
        Files.writeString(dir.resolve("state"), "in the way");
        assertThatThrownBy(() -> await(file().write("1.first"))).hasMessageContaining("state");

        Files.writeString(dir.resolve("kis.tokens"), "x".repeat(1 << 17));
        assertThatThrownBy(() -> await(new TokenFile(vertx, dir, "kis").read())).hasMessageContaining("too large");
    }
}
