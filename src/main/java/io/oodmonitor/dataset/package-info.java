/**
 * Sets of images on disk, read one image at a time: folders and archives of files, CIFAR as published, IDX files,
 * SVHN's MATLAB files.
 *
 * <p>An image is passed on as it lies there, an encoded file or raw pixels, which is what an image event carries.
 * Nothing is decoded, no set is ever held in memory, nothing in an archive becomes a file or the name of one, and what
 * a file claims of itself is checked before memory is taken for it.
 */
package io.oodmonitor.dataset;
