/** Words, numbers and tables for a terminal, or for whatever reads instead of one. Stands alone. */
package io.oodmonitor.cli.text;
