package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.ConfigLoader;
import io.tickmesh.config.Inputs;
import io.tickmesh.config.Loaded;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.upstream.Holidays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarTest {
    private static final String KEY = "TICKMESH_UPSTREAM_HOLIDAYS";

    @TempDir
    private Path directory;

    private Loaded load(String file) {
        return ConfigLoader.load(new Inputs(Map.of(KEY, file), directory, 1, null, List.of()));
    }

    private NodeConfig config(String text) throws Exception {
        Files.writeString(directory.resolve("mine.yaml"), text);
        return ((Loaded.Accepted) load("mine.yaml")).config();
    }

    @Test
    void shouldTakeTheDaysOfTheOperatorsFile() throws Exception {
        Holidays holidays = Calendar.of(config("KRX:\n  - 2031-01-02\n"));

        assertThat(holidays.closedDays("KRX")).containsExactly(LocalDate.of(2031, 1, 2));
        assertThat(Calendar.missing(holidays, 2031)).containsExactly("NYSE");
        assertThat(Calendar.missing(holidays, 2032)).containsExactly("KRX", "NYSE");
    }

    @Test
    void shouldNotStartWithAFileThatIsWrong() throws Exception {
        NodeConfig config = config("KRX:\n  - 2031-01-02\n  - soon\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calendar.of(config))
                .withMessageContaining("mine.yaml line 3: ");
        assertThat(Node.start(config).cause()).hasMessageContaining("mine.yaml line 3: ");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(load("none.yaml"))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("upstream.holidays")
                                .contains("none.yaml"));
    }
}
