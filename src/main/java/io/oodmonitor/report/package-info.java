/**
 * An evaluation told: as lines for a terminal, as JSON for programs, as a page and as images for people.
 *
 * <p>The page is one file that needs no network. Its words and tables are made here, its charts in the reader's browser
 * by uPlot, from scores binned and curves thinned beforehand.
 */
package io.oodmonitor.report;
