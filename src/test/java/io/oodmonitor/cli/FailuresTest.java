package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void shouldEndEverySentenceWithOneStop() {
        assertThat(Failures.sentence(new ConfigException("rate.window.ms must be at least 100, but is 1")))
                .isEqualTo("rate.window.ms must be at least 100, but is 1.");
        assertThat(Failures.sentence(new CommandFailure("Done for."))).isEqualTo("Done for.");
    }

    @Test
    void shouldPutEverythingOnOneLine() {
        assertThat(Failures.sentence(new CommandFailure("one\n  two\r\nthree"))).isEqualTo("one two three.");
    }

    @Test
    void shouldPrintNothingThatATerminalObeys() {
        assertThat(Failures.sentence(new CommandFailure("node '\u001b[2J' is wrong"))).isEqualTo("node '?[2J' is wrong.");
    }

    @Test
    void shouldTellWhatFailedNotThatSomethingFailed() {
        Exception wrapped = new ExecutionException(new UncheckedIOException(new IOException("the disk is full")));

        assertThat(Failures.sentence(wrapped)).isEqualTo("the disk is full.");
    }

    @Test
    void shouldMakeSentencesOfFileErrors() {
        assertThat(Failures.sentence(new NoSuchFileException("a/b"))).isEqualTo("There is no file or folder a/b.");
        assertThat(Failures.sentence(new AccessDeniedException("a/b"))).isEqualTo("Access to a/b is denied.");
    }

    @Test
    void shouldNameTheKindOfARefusal() {
        assertThat(Failures.sentence(new SaslAuthenticationException("invalid credentials")))
                .isEqualTo("The broker refuses who this is: invalid credentials.");
    }

    @Test
    void shouldNameTheClassWhereTheMessageAloneSaysNothing() {
        assertThat(Failures.sentence(new ArithmeticException("/ by zero")))
                .isEqualTo("java.lang.ArithmeticException: / by zero.");
        assertThat(Failures.sentence(new IllegalStateException())).contains("java.lang.IllegalStateException");
    }
}
