/**
 * The command line: one class a command, and what they share.
 *
 * <p>Every command ends with exit code 0 (done), 1 (failed, one sentence on standard error says why) or 2 (wrong
 * usage). What a command finds goes to standard output; progress, logs and complaints go to standard error.
 */
package io.oodmonitor.cli;
