package io.oodmonitor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.render.OddKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static Set<Episode> episodes(Script script, int seconds) {
        Set<Episode> episodes = new LinkedHashSet<>();
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            for (String source : Script.SOURCES) {
                script.episode(source, Duration.ofMillis(tenth * 100L)).ifPresent(episodes::add);
            }
        }
        return episodes;
    }

    @Test
    void shouldShowEveryKindOnceWithinAMinute() {
        assertThat(episodes(new Script(Optional.of(Duration.ofSeconds(60))), 60)).extracting(Episode::kind)
                .containsExactly(OddKind.values());
    }

    @Test
    void shouldNotBeginAnEpisodeThatCannotBeSeenToItsEnd() {
        assertThat(episodes(new Script(Optional.of(Duration.ofSeconds(20))), 20)).hasSize(1);
        assertThat(episodes(new Script(Optional.of(Duration.ofSeconds(10))), 10)).isEmpty();
    }

    @Test
    void shouldGoOnWithoutEnd() {
        assertThat(episodes(new Script(Optional.empty()), 200)).hasSize(22);
    }

    @Test
    void shouldDisturbOneCameraAtATime() {
        Script script = new Script(Optional.empty());
        for (int second = 0; second < 200; second++) {
            Duration when = Duration.ofSeconds(second);
            assertThat(Script.SOURCES.stream().filter(source -> script.episode(source, when).isPresent()).count())
                    .isLessThanOrEqualTo(1);
        }
    }
}
