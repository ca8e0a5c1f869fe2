/** What lies in the folder deploy is well-formed, and names settings, files and rights that there are. */
package io.oodmonitor.deploy;
