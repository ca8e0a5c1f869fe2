package io.oodmonitor.detector.statistics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The Moore-Penrose inverse of a matrix, by singular values. Immutable. */
public final class PseudoInverse {

    private final DMatrixRMaj inverse;

    private PseudoInverse(DMatrixRMaj inverse) {
        this.inverse = inverse;
    }

    /** @param matrix row-major rows x columns */
    public static PseudoInverse of(float[] matrix, int rows, int columns) {
        DMatrixRMaj wide = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.length; i++) {
            wide.data[i] = matrix[i];
        }
        DMatrixRMaj inverse = new DMatrixRMaj(columns, rows);
        CommonOps_DDRM.pinv(wide, inverse);
        return new PseudoInverse(inverse);
    }

    /** Its product with a vector, length columns. */
    public double[] times(float[] vector) {
        DMatrixRMaj column = new DMatrixRMaj(vector.length, 1);
        for (int i = 0; i < vector.length; i++) {
            column.data[i] = vector[i];
        }
        DMatrixRMaj product = new DMatrixRMaj(inverse.numRows, 1);
        CommonOps_DDRM.mult(inverse, column, product);
        return product.data.clone();
    }
}
