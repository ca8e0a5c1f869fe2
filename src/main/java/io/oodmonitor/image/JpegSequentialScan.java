package io.oodmonitor.image;

import java.util.Arrays;

/** A scan of a baseline or extended JPEG file (T.81, annex F): whole blocks, turned into samples at once. */
final class JpegSequentialScan extends JpegScan {
    /** Dequantised coefficients in natural order; zero between blocks. */
    private final int[] block = new int[64];

    JpegSequentialScan(JpegComponent.Geometry frame, JpegComponent[] components, int restartInterval, JpegBits bits)
            throws ImageRejectedException {
        super(frame, components, restartInterval, bits);
        requireTables(components, true, true);
    }

    @Override
    void decodeBlock(JpegComponent component, int row, int column) throws ImageRejectedException {
        component.lastDc += dcDifference(component);
        int dc = (short) component.lastDc * component.quant[0];
        long filled = readAc(component);
        int at = component.samplesAt(row, column);
        if (!component.sees(row, column)) {
            Arrays.fill(block, 0);
        } else if (filled == 0) {
            InverseDct.transformFlat(dc, component.samples, at, component.stride);
        } else {
            block[0] = dc;
            InverseDct.transform(block, filled, component.samples, at, component.stride);
        }
    }

    /** Reads a block's other coefficients; the bit of each that may not be zero is set in the result. */
    private long readAc(JpegComponent component) throws ImageRejectedException {
        int[] steps = component.ac.steps();
        int[] factors = component.factors;
        int[] to = block;
        long buffer = bits.buffer;
        int count = bits.count;
        long filled = 0;
        for (int k = 0; k < 63;) {
            if (count < JpegHuffmanTable.STEP_BITS) {
                bits.buffer = buffer;
                bits.count = count;
                bits.fill();
                buffer = bits.buffer;
                count = bits.count;
            }
            int step = steps[(int) (buffer >>> 64 - JpegHuffmanTable.STEP_BITS)];
            int used = step & 0xFF;
            if (used == 0) {
                bits.buffer = buffer;
                bits.count = count;
                step = longStep(component.ac);
                buffer = bits.buffer;
                count = bits.count;
            } else {
                buffer <<= used;
                count -= used;
            }
            k += step >> 8 & 0xFF;
            if (k > 63) {
                if (step >> 16 != 0) {
                    throw tooManyCoefficients();
                }
                break;
            }
            int factor = factors[k];
            to[factor & 63] = (step >> 16) * (factor >> 6);
            filled |= 1L << factor;
        }
        bits.buffer = buffer;
        bits.count = count;
        return filled;
    }

    private int longStep(JpegHuffmanTable table) throws ImageRejectedException {
        int symbol = table.decode(bits);
        return JpegHuffmanTable.step(symbol, bits.readSigned(symbol & 15));
    }
}
