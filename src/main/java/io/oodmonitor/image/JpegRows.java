package io.oodmonitor.image;

import java.util.List;

/** The rows of a JPEG image, upsampled and converted when they are asked for. */
final class JpegRows implements RgbRows {
    private final int height;
    private final int width;
    private final JpegColours colours;
    private final JpegUpsampler[] components;
    private final byte[] row;

    JpegRows(int height, int width, JpegColours colours, List<JpegComponent> components) {
        this.height = height;
        this.width = width;
        this.colours = colours;
        this.components = components.stream().map(JpegUpsampler::of).toArray(JpegUpsampler[]::new);
        this.row = new byte[width * 3];
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public byte[] array() {
        return row;
    }

    @Override
    public int row(int y, int from, int to) {
        for (JpegUpsampler component : components) {
            component.moveTo(y);
        }
        colours.convert(components, from, to, row);
        return 0;
    }
}
