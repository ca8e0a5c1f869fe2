package io.oodmonitor.detector.statistics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Products of large row-major matrices, blocked for the cache. */
public final class Products {

    private Products() {
    }

    /** A B of A, rows x inner, and B, inner x columns. */
    public static double[] of(double[] a, int rows, int inner, double[] b, int columns) {
        DMatrixRMaj product = new DMatrixRMaj(rows, columns);
        CommonOps_DDRM.mult(DMatrixRMaj.wrap(rows, inner, a), DMatrixRMaj.wrap(inner, columns, b), product);
        return product.data;
    }

    /** A' B' of A, inner x rows, and B, columns x inner. */
    public static double[] turned(double[] a, int rows, int inner, double[] b, int columns) {
        DMatrixRMaj product = new DMatrixRMaj(rows, columns);
        CommonOps_DDRM.multTransAB(DMatrixRMaj.wrap(inner, rows, a), DMatrixRMaj.wrap(columns, inner, b), product);
        return product.data;
    }
}
