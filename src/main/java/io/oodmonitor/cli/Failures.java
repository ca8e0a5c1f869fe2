package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Printable;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong becomes one sentence and an exit code. */
final class Failures {

    /** The system property that asks for stack traces. */
    static final String DEBUG = "ood.debug";

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** They only say that something else failed elsewhere. */
    private static final Set<Class<?>> WRAPPERS = Set.of(ExecutionException.class, CompletionException.class,
            InvocationTargetException.class);

    private Failures() {}

    static int executing(Exception failure, CommandLine command, ParseResult ignored) {
        if (LogFormat.isJson()) {
            LOG.error("{}", sentence(failure), Boolean.getBoolean(DEBUG) ? failure : null);
            return ExitCode.SOFTWARE;
        }
        command.getErr().println("ood-monitor: " + sentence(failure));
        if (Boolean.getBoolean(DEBUG)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return ExitCode.SOFTWARE;
    }

    static int parsing(ParameterException failure, String[] ignored) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ood-monitor: " + ended(oneLine(failure.getMessage()).replaceFirst("^Error: ", "")));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** What was wrong, in one line that ends with a full stop. */
    static String sentence(Throwable failure) {
        Throwable told = unwrapped(failure);
        return ended(oneLine(told instanceof FileSystemException file ? ofFile(file) : text(told)));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable told = failure;
        while (told.getCause() != null && (WRAPPERS.contains(told.getClass())
                || told instanceof UncheckedIOException && told.getCause().toString().equals(told.getMessage()))) {
            told = told.getCause();
        }
        return told;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return "Something went wrong that no message explains: " + failure.getClass().getName()
                    + " (--debug shows where)";
        } else if (failure instanceof AuthenticationException) {
            return "The broker refuses who this is: " + message;
        } else if (failure instanceof AuthorizationException) {
            return "The broker does not allow this: " + message;
        }
        // A name of a class as a message ("java.lang.ArithmeticException: / by zero") says more than its message alone.
        return failure instanceof RuntimeException && failure.getClass().getPackageName().startsWith("java.")
                && !(failure instanceof IllegalArgumentException) && !(failure instanceof UncheckedIOException)
                ? failure.toString() : message;
    }

    private static String ofFile(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return "There is no file or folder " + file;
        } else if (failure instanceof AccessDeniedException) {
            return "Access to " + file + " is denied";
        } else if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already";
        } else if (failure instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        return file + ": " + failure.getReason();
    }

    /** A message may repeat what a stranger's file says. */
    private static String oneLine(String text) {
        return Printable.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static String ended(String text) {
        return text.matches(".*[.!?]") ? text : text + ".";
    }
}
