package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EchoesTest {
    private long now;
    private final Echoes echoes = new Echoes(() -> now);

    @Test
    void shouldHearEachPublicationOnce() {
        echoes.published("a", "x");
        echoes.published("a", "x");
        echoes.published("b", "x");

        assertThat(echoes.hears("c", "x")).isFalse();
        assertThat(echoes.hears("a", "y")).isFalse();
        assertThat(echoes.hears("a", "x")).isTrue();
        assertThat(echoes.hears("a", "x")).isTrue();
        assertThat(echoes.hears("a", "x")).isFalse();
        assertThat(echoes.hears("b", "x")).isTrue();
    }

    @Test
    void shouldForgetWhatNeverCameBack() {
        echoes.published("a", "lost");
        now += Echoes.KEEP_NANOS / 2;
        echoes.published("a", "lost");
        now += Echoes.KEEP_NANOS / 2 + 1;

        assertThat(echoes.hears("a", "lost")).isTrue();
        assertThat(echoes.hears("a", "lost")).isFalse();
    }

    @Test
    void shouldNotForgetTheSecondForTheFirstThatWasHeard() {
        echoes.published("a", "x");
        assertThat(echoes.hears("a", "x")).isTrue();
        now += Echoes.KEEP_NANOS / 2;
        echoes.published("a", "x");
        now += Echoes.KEEP_NANOS / 2 + 1;

        assertThat(echoes.hears("a", "x")).isTrue();
    }

    @Test
    void shouldKeepNoMoreThanItMay() {
        for (int i = 0; i <= Echoes.MOST; i++) {
            echoes.published("a", "message " + i);
        }

        assertThat(echoes.hears("a", "message 0")).isFalse();
        assertThat(echoes.hears("a", "message 1")).isTrue();
    }
}
