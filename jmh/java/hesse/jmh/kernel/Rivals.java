package hesse.jmh.kernel;

import hesse.matrix.SymmetricMatrix;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.ejml.data.DMatrixRMaj;

/**
 * Shared by the kernel benchmarks: seeded data, matrices in the form of every library, and the check that all agree.
 */
final class Rivals {
    /** JVM arguments for kernels that are the scalar twins. */
    static final String SCALAR = "-Dhesse.tier=scalar";
    /** JVM arguments that keep C2 from vectorising plain loops. */
    static final String PLAIN = "-XX:-UseSuperWord";
    static final String TWO_THREADS = "-Dhesse.threads=2";

    private Rivals() {}

    static double[] numbers(int count, long seed) {
        return new Random(seed).doubles(count).map(value -> value - 0.5).toArray();
    }

    static DoublePointer pointer(double[] values) {
        return new DoublePointer(values.length).put(values, 0, values.length);
    }

    static DMatrixRMaj ejml(int rows, int columns, double[] values) {
        return DMatrixRMaj.wrap(rows, columns, values.clone());
    }

    /** A matrix of random entries, which is indefinite. */
    static SymmetricMatrix symmetric(int n) {
        return SymmetricMatrix.fromPacked(n, numbers(n * (n + 1) / 2, n));
    }

    /** A positive definite matrix: the Gram matrix of random rows, and 1 on the diagonal. */
    static SymmetricMatrix positiveDefinite(int n) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        h.addGram(numbers((n + 3) * n, n), 0, n + 3, null, 0);
        h.addDiagonal(1);
        return h;
    }

    static double[] full(SymmetricMatrix h) {
        double[] full = new double[h.n() * h.n()];
        double[][] rows = h.toArray();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, full, i * rows.length, rows.length);
        }
        return full;
    }

    /** Fails the benchmark where two results differ by more than rounding. */
    static void agree(String what, int count, IntToDoubleFunction expected, IntToDoubleFunction actual) {
        double scale = 1;
        for (int i = 0; i < count; i++) {
            scale = Math.max(scale, Math.abs(expected.applyAsDouble(i)));
        }
        for (int i = 0; i < count; i++) {
            double error = Math.abs(expected.applyAsDouble(i) - actual.applyAsDouble(i));
            if (!(error <= 1e-10 * scale)) {
                throw new IllegalStateException(what + " [" + i + "]: " + actual.applyAsDouble(i) + ", expected "
                        + expected.applyAsDouble(i));
            }
        }
    }
}
