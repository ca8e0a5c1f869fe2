package io.oodmonitor.image;

import io.oodmonitor.image.JpegComponent.Geometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JPEG files (T.81): baseline, extended and progressive Huffman coding of 8 bits, one, three or four components.
 * Pixels are those of libjpeg-turbo with its default settings (accurate integer DCT, "fancy" upsampling).
 *
 * <p>A file is corrupt if it ends before its end-of-image marker, lacks data for any block or contains an impossible
 * code; stray bytes between segments and after the end are ignored. Used once, by one thread.
 */
final class JpegDecoder {
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST0 = 0xD0;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int TEM = 0x01;

    /** Encoders use about ten. Each costs a pass over the image: a file of nothing but scans would take hours. */
    private static final int MOST_SCANS = 100;

    private final Bytes file;
    private final ImageLimits limits;
    private final Framing framing;
    private final int[][] quantTables = new int[4][];
    private final JpegHuffmanTable[] dcTables = new JpegHuffmanTable[4];
    private final JpegHuffmanTable[] acTables = new JpegHuffmanTable[4];
    private final List<JpegComponent> components = new ArrayList<>();
    private Geometry frame;
    private int restartInterval;
    private int scans;
    private boolean jfif;
    /** Colour transform that an Adobe segment names, -1 without one. */
    private int adobeTransform = -1;
    private Orientation orientation;
    private int position;

    private JpegDecoder(Bytes file, ImageLimits limits, Framing framing) {
        this.file = file;
        this.limits = limits;
        this.framing = framing;
    }

    /** @param framing what will look at the rows, which then need not show more; null for all of them */
    static RgbRows decode(Bytes file, ImageLimits limits, Framing framing) throws ImageRejectedException {
        return new JpegDecoder(file, limits, framing).decode();
    }

    private RgbRows decode() throws ImageRejectedException {
        position = 2;
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            if (marker >= RST0 && marker < SOI || marker == TEM) {
                continue;
            }
            if (marker == SOI) {
                throw ImageRejectedException.corrupt("the JPEG file starts a second image inside the first");
            }
            Bytes segment = segment();
            switch (marker) {
                case SOF0, SOF1, SOF2 -> readFrame(segment, marker == SOF2);
                case DHT -> readHuffmanTables(segment);
                case DQT -> readQuantTables(segment);
                case DRI -> restartInterval = segment.u16BigEndian(0);
                case SOS -> readScan(segment);
                case APP0 -> jfif |= segment.length() >= 14 && segment.startsWith("JFIF\0");
                case APP1 -> {
                    // As in Pillow, what follows the first scan's header comes too late.
                    if (orientation == null && scans == 0 && segment.startsWith("Exif\0\0")) {
                        orientation = Orientation.ofExif(segment.slice(6, segment.length() - 6));
                    }
                }
                case APP14 -> {
                    if (segment.length() >= 12 && segment.startsWith("Adobe")) {
                        adobeTransform = segment.u8(11);
                    }
                }
                default -> {
                    if (marker > SOF2 && marker <= SOF15 && marker != JPG && marker != DAC) {
                        throw ImageRejectedException.unsupported("the JPEG file uses lossless, hierarchical or "
                                + "arithmetic coding (marker 0x" + Integer.toHexString(marker) + ")");
                    }
                }
            }
        }
        if (frame == null || !components.stream().allMatch(component -> component.seen)) {
            throw ImageRejectedException.corrupt("the JPEG file ends without having brought an image");
        }
        if (frame.progressive()) {
            components.forEach(JpegComponent::transform);
        }
        JpegColours colours = JpegColours.of(components, jfif, adobeTransform);
        RgbRows rows = new JpegRows(frame.height(), frame.width(), colours, components);
        return orientation == null ? rows : orientation.apply(rows);
    }

    private int nextMarker() throws ImageRejectedException {
        while (position + 1 < file.length()) {
            int next = file.u8(position + 1);
            if (file.u8(position) == 0xFF && next != 0 && next != 0xFF) {
                position += 2;
                return next;
            }
            position++;
        }
        throw ImageRejectedException.corrupt("the JPEG file ends before its end-of-image marker");
    }

    /** What follows a marker's length. */
    private Bytes segment() throws ImageRejectedException {
        int length = position + 2 > file.length() ? 0 : file.u16BigEndian(position);
        if (length < 2 || position + length > file.length()) {
            throw ImageRejectedException.corrupt("the JPEG file ends inside a segment");
        }
        Bytes segment = file.slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private void readFrame(Bytes segment, boolean progressive) throws ImageRejectedException {
        if (frame != null) {
            throw ImageRejectedException.corrupt("the JPEG file has two frame headers");
        }
        int height = segment.u16BigEndian(1);
        int width = segment.u16BigEndian(3);
        int count = segment.u8(5);
        if (segment.u8(0) != 8) {
            throw ImageRejectedException.unsupported(
                    "the JPEG file has samples of " + segment.u8(0) + " bits, but only 8 are supported");
        }
        if (count != 1 && count != 3 && count != 4) {
            throw ImageRejectedException.unsupported(
                    "the JPEG file has " + count + " components, but only 1, 3 and 4 are supported");
        }
        if (height == 0 || width == 0) {
            throw ImageRejectedException.corrupt("the JPEG file claims a size of " + width + " x " + height);
        }
        limits.checkSize(height, width);
        int mostAcross = 1;
        int mostDown = 1;
        for (int i = 0; i < count; i++) {
            mostAcross = Math.max(mostAcross, segment.u8(7 + 3 * i) >> 4);
            mostDown = Math.max(mostDown, segment.u8(7 + 3 * i) & 15);
        }
        if (mostAcross > 4 || mostDown > 4) {
            throw ImageRejectedException.corrupt("the JPEG file has a sampling factor above 4");
        }
        frame = new Geometry(height, width, mostAcross, mostDown, progressive);
        for (int i = 0; i < count; i++) {
            int across = segment.u8(7 + 3 * i) >> 4;
            int down = segment.u8(7 + 3 * i) & 15;
            if (across == 0 || down == 0) {
                throw ImageRejectedException.corrupt("the JPEG file has a sampling factor of 0");
            }
            if (mostAcross % across != 0 || mostDown % down != 0) {
                throw ImageRejectedException.unsupported("the JPEG file has fractional chroma sampling");
            }
            components.add(new JpegComponent(frame, segment.u8(6 + 3 * i), across, down, segment.u8(8 + 3 * i) & 3));
        }
        requireEnoughBytes();
        for (int i = 0; i < count; i++) {
            components.get(i).allocate(i);
        }
    }

    /** INVARIANT: memory is in proportion to the file. Every block takes at least one bit, so fewer bits are a lie. */
    private void requireEnoughBytes() throws ImageRejectedException {
        long blocks = components.stream().mapToLong(JpegComponent::blocks).sum();
        if ((file.length() - position) * 8L < blocks) {
            throw ImageRejectedException.corrupt("the JPEG file has " + file.length() + " bytes, too few for "
                    + frame.width() + " x " + frame.height() + " pixels");
        }
    }

    private void readHuffmanTables(Bytes segment) throws ImageRejectedException {
        int at = 0;
        while (at < segment.length()) {
            int destination = segment.u8(at);
            JpegHuffmanTable[] tables = (destination & 0x10) == 0 ? dcTables : acTables;
            JpegHuffmanTable table = Scratch.ofThread().table((destination >> 2 & 4) + (destination & 3),
                    segment.slice(at + 1, segment.length() - at - 1));
            tables[destination & 3] = table;
            at += 1 + table.bytes();
        }
    }

    private void readQuantTables(Bytes segment) {
        int at = 0;
        while (at < segment.length()) {
            int destination = segment.u8(at++);
            boolean wide = destination >> 4 != 0;
            int[] table = new int[64];
            for (int k = 0; k < 64; k++) {
                table[JpegScan.NATURAL[k]] = wide ? segment.u16BigEndian(at) : segment.u8(at);
                at += wide ? 2 : 1;
            }
            quantTables[destination & 3] = table;
        }
    }

    private void readScan(Bytes segment) throws ImageRejectedException {
        if (++scans > MOST_SCANS) {
            throw ImageRejectedException.corrupt("the JPEG file has more than " + MOST_SCANS + " scans");
        }
        int count = segment.u8(0);
        if (count < 1 || count > components.size()) {
            throw ImageRejectedException.corrupt("a JPEG scan has " + count + " components, but the image has "
                    + components.size());
        }
        if (scans == 1) {
            Window window = framing == null || orientation != null && orientation != Orientation.NORMAL
                    ? Window.whole(frame.height(), frame.width()) : framing.window(frame.height(), frame.width());
            components.forEach(component -> component.see(window));
        }
        JpegComponent[] scanned = new JpegComponent[count];
        for (int i = 0; i < count; i++) {
            JpegComponent component = component(segment.u8(1 + 2 * i));
            int tables = segment.u8(2 + 2 * i);
            component.dc = dcTables[tables >> 4 & 3];
            component.ac = acTables[tables & 3];
            component.dequantiseWith(quantTables[component.quantTable]);
            scanned[i] = component;
        }
        int band = 1 + 2 * count;
        JpegBits bits = new JpegBits(file, position);
        JpegScan scan = frame.progressive()
                ? new JpegProgressiveScan(frame, scanned, segment.u8(band), segment.u8(band + 1),
                        segment.u8(band + 2) >> 4, segment.u8(band + 2) & 15, restartInterval, bits)
                : new JpegSequentialScan(frame, scanned, restartInterval, bits);
        scan.decode();
        position = bits.position() - file.from();
    }

    private JpegComponent component(int id) throws ImageRejectedException {
        for (JpegComponent component : components) {
            if (component.id == id) {
                return component;
            }
        }
        throw ImageRejectedException.corrupt("a JPEG scan names component " + id + ", which the image does not have");
    }
}
