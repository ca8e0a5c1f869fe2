package io.oodmonitor.detector;

/**
 * Arithmetic on tensors, in which scorers write their formulas; whoever implements it decides what a tensor is, a node
 * of a graph for example. Shapes: N images stand in rows; two tensors of different shapes are stretched to each other
 * as NumPy does; what reduces, reduces the last axis and keeps it with length 1.
 *
 * @param <T> a tensor
 */
public interface Operators<T> {

    /** A float tensor, row-major. */
    T constant(float[] values, int... shape);

    /** A double tensor, row-major. */
    T constant(double[] values, int... shape);

    /** The float matrix that a new mask replaces without a new session; one a scorer. */
    T maskedWeight(float[] values, int rows, int columns);

    /** The same numbers in double precision. */
    T toDouble(T a);

    T plus(T a, T b);

    T minus(T a, T b);

    T times(T a, T b);

    T over(T a, T b);

    /** The smaller of each two. */
    T smaller(T a, T b);

    /** The greater of each two. */
    T greater(T a, T b);

    T exp(T a);

    T power(T a, T exponent);

    /** The matrix product a b. */
    T product(T a, T b);

    /** x W^T + b, of float tensors. */
    T linear(T x, T weight, T bias);

    T sum(T a);

    T max(T a);

    /** Euclidean norm. */
    T norm(T a);

    T logSumExp(T a);

    /** The same shape. */
    T softmax(T a);

    /** Index of the greatest, int64 [N]. */
    T argMax(T a);

    /** The k greatest of each row, in descending order; the first of equal ones comes first. */
    Largest<T> largest(T a, int k);

    /** Column j of a matrix, [N, 1]. */
    T column(T a, int j);

    /** The rows of a matrix of these indices, int64 [N] or [N, 1]. */
    T rows(T matrix, T indices);

    /** Zeros of the shape of another tensor, with these values at these columns of each row. */
    T scattered(T shape, Largest<T> largest);

    /**
     * The greatest entries of each row, N x k.
     *
     * @param indices their columns, int64
     */
    record Largest<T>(T values, T indices) {
    }
}
