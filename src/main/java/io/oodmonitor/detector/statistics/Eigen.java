package io.oodmonitor.detector.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvectors of a symmetric matrix, those of the greatest eigenvalues first. Immutable. */
public final class Eigen {

    /** Eigenvalues at or below this share of the greatest are rounding. */
    private static final double NEGLIGIBLE = 1e-10;

    private final double[] values;
    private final double[][] vectors;

    private Eigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /** @param matrix row-major size x size, symmetric */
    public static Eigen of(double[] matrix, int size) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(DMatrixRMaj.wrap(size, size, matrix.clone()))) {
            throw new IllegalArgumentException(
                    "a covariance of " + size + " features has no eigenvectors that could be found");
        }
        int[] order = IntStream.range(0, size).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> eigen.getEigenvalue(i).real).reversed())
                .mapToInt(Integer::intValue).toArray();
        return new Eigen(Arrays.stream(order).mapToDouble(i -> eigen.getEigenvalue(i).real).toArray(),
                Arrays.stream(order).mapToObj(i -> eigen.getEigenVector(i).data.clone()).toArray(double[][]::new));
    }

    /** The eigenvectors but for the first so many, as columns: row-major size x (size - principal). */
    public float[] vectorsBeyond(int principal) {
        int columns = values.length - principal;
        float[] beyond = new float[values.length * columns];
        for (int r = 0; r < columns; r++) {
            for (int j = 0; j < values.length; j++) {
                beyond[j * columns + r] = (float) vectors[principal + r][j];
            }
        }
        return beyond;
    }

    /** A with A A^T the pseudo-inverse of the matrix, row-major size x rank. */
    public double[] whitening() {
        double least = values[0] * NEGLIGIBLE;
        int rank = (int) Arrays.stream(values).filter(value -> value > least && value > 0).count();
        if (rank == 0) {
            throw new IllegalArgumentException("a covariance must not be zero: the images have all the same features");
        }
        double[] whitening = new double[values.length * rank];
        for (int r = 0; r < rank; r++) {
            for (int j = 0; j < values.length; j++) {
                whitening[j * rank + r] = vectors[r][j] / Math.sqrt(values[r]);
            }
        }
        return whitening;
    }
}
