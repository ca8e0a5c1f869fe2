/**
 * What a network says of the images of a data set: every image once through the engine that the stream uses, many at a
 * time, results in the order of the images; which images could not be read, and which class each one is of.
 */
package io.oodmonitor.inference;
