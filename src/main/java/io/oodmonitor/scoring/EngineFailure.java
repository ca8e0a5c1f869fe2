package io.oodmonitor.scoring;

import java.util.Optional;

/** Why no image can be scored at the moment, as the latest run of any lane found it. Thread-safe. */
final class EngineFailure {

    private volatile EngineException latest;

    void happened(EngineException reason) {
        latest = reason;
    }

    /** A run succeeded. */
    void mended() {
        // Seldom written: every run of every lane comes by.
        if (latest != null) {
            latest = null;
        }
    }

    Optional<EngineException> latest() {
        return Optional.ofNullable(latest);
    }
}
