package io.oodmonitor.image;

/** Rows [top, bottom) and columns [left, right) of an image. */
record Window(int top, int bottom, int left, int right) {
    static Window whole(int height, int width) {
        return new Window(0, height, 0, width);
    }
}
