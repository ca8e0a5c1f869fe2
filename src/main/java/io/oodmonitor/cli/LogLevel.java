package io.oodmonitor.cli;

/** How much is logged; in the case that a user types. */
enum LogLevel {
    error, warn, info, debug, trace
}
