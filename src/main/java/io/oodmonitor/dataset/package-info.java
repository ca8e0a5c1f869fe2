/**
 * Sets of images on disk, read one image at a time: folders of files, the binary CIFAR-10 layout, IDX files.
 *
 * <p>An image is passed on as it lies there, an encoded file or raw pixels, which is what an image event carries.
 * Nothing is decoded and no set is ever held in memory.
 */
package io.oodmonitor.dataset;
