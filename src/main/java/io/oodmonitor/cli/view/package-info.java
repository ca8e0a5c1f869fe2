/** The monitor's records as lines for a reader and as JSON for a program. */
package io.oodmonitor.cli.view;
