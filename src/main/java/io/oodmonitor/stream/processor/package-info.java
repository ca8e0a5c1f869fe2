/** The topology's own steps, one class each: claim a score, judge it, count verdicts, test rates, move thresholds. */
package io.oodmonitor.stream.processor;
