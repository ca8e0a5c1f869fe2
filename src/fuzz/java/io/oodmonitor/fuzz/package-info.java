/** What the fuzz targets share, and the test that replays their corpus. The targets lie in their readers' packages. */
package io.oodmonitor.fuzz;
