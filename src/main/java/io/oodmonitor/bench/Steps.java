package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** Says which measurement is under way and, once it is done, what came out. */
record Steps(PrintWriter err) {

    /** A measurement of a rate. */
    double rate(String what, Callable<Double> measurement) throws Exception {
        return measured(what, measurement, rate -> rate);
    }

    /** @param rate images per second, of what came out */
    <T> T measured(String what, Callable<T> measurement, ToDoubleFunction<T> rate) throws Exception {
        err.print(String.format(Locale.ROOT, "%-72s", what));
        err.flush();
        T result;
        try {
            result = measurement.call();
        } catch (Exception e) {
            err.println();
            throw e;
        }
        err.println(" " + Numbers.perSecond(rate.applyAsDouble(result)));
        err.flush();
        return result;
    }
}
