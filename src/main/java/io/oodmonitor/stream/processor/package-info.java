/**
 * The topology's own steps, one class each: claim a score, judge it, count verdicts, test rates, move thresholds and
 * masks.
 */
package io.oodmonitor.stream.processor;
