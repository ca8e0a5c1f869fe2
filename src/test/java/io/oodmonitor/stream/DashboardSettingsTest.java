package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardSettingsTest {

    private static DashboardSettings from(Map<String, String> settings) {
        return DashboardSettings.from(new MonitorConfig(settings));
    }

    @Test
    void shouldGoBackADayAndKeepThumbnailsUnlessToldOtherwise() {
        assertThat(from(Map.of())).isEqualTo(new DashboardSettings(Duration.ofDays(1), true));
    }

    @Test
    void shouldTakeWhatIsSet() {
        assertThat(from(Map.of("dashboard.history.ms", "3600000", "dashboard.thumbnails", "false")))
                .isEqualTo(new DashboardSettings(Duration.ofHours(1), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"59999", "31622400001", "a day"})
    void shouldRefuseAHistoryThatIsNone(String millis) {
        assertThatThrownBy(() -> from(Map.of("dashboard.history.ms", millis))).isInstanceOf(ConfigException.class)
                .hasMessageContaining("dashboard.history.ms");
    }
}
