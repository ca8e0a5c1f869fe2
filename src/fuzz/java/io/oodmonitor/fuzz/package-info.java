/** What the fuzz targets share, and the test that replays their corpus. The targets lie in the readers' own packages. */
package io.oodmonitor.fuzz;
