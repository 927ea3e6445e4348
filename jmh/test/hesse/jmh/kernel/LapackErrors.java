package hesse.jmh.kernel;

import hesse.jmh.Rival;
import hesse.jmh.RivalJvm;
import hesse.matrix.SymmetricMatrix;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Prints LAPACK's {@link BackwardErrors}, one matrix per line: of a Cholesky solve (NaN where the matrix is not
 * definite), of LDL', of eigenvectors, of their orthogonality.
 */
public final class LapackErrors {
    private LapackErrors() {}

    public static void main(String[] arguments) {
        try {
            Rival.openblasOnOneThread();
            BackwardErrors.matrices().forEach((name, h) -> {
                double[] eigen = eigen(h);
                System.out.println(cholesky(h) + " " + ldl(h) + " " + eigen[0] + " " + eigen[1]);
            });
        } catch (Throwable thrown) {
            RivalJvm.end(thrown);
        }
    }

    private static double cholesky(SymmetricMatrix h) {
        int n = h.n();
        DoublePointer a = Rivals.pointer(Rivals.full(h));
        if (openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, a, n) != 0) {
            return Double.NaN;
        }
        DoublePointer x = Rivals.pointer(BackwardErrors.rightSide(n));
        openblas.LAPACKE_dpotrs(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, 1, a, n, x, n);
        return BackwardErrors.solveError(h, x::get);
    }

    private static double ldl(SymmetricMatrix h) {
        int n = h.n();
        DoublePointer a = Rivals.pointer(Rivals.full(h));
        IntPointer pivots = new IntPointer(n);
        openblas.LAPACKE_dsytrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, a, n, pivots);
        DoublePointer x = Rivals.pointer(BackwardErrors.rightSide(n));
        openblas.LAPACKE_dsytrs(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, 1, a, n, pivots, x, n);
        return BackwardErrors.solveError(h, x::get);
    }

    private static double[] eigen(SymmetricMatrix h) {
        int n = h.n();
        DoublePointer v = Rivals.pointer(Rivals.full(h));
        DoublePointer values = new DoublePointer(n);
        openblas.LAPACKE_dsyevd(openblas.LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, v, n, values);
        return BackwardErrors.eigenErrors(h, values::get, (i, k) -> v.get(k * (long) n + i));
    }
}
