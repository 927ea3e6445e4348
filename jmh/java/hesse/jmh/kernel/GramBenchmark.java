package hesse.jmh.kernel;

import dev.ludovic.netlib.blas.BLAS;
import hesse.jmh.Rival;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * H += X' diag(w) X, for N rows of n columns. Hesse's product is weighted; the rivals' have no weights and skip that
 * work, but for {@code scaleAndDsyrk}, which is what their users write. One multiply-add for each of N n(n+1)/2
 * entries.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GramBenchmark {
    @Param({"20000x8", "20000x16", "20000x32", "20000x128", "4096x512", "4096x1024"})
    private String size;

    private int rows;
    private int n;
    private double[] x;
    private double[] w;
    private double[] roots;
    private SymmetricMatrix h;
    private DMatrixRMaj ejml;
    private DMatrixRMaj ejmlC;
    private R064Store ojalgo;

    @Setup
    public void setUp() {
        String[] sizes = size.split("x");
        rows = Integer.parseInt(sizes[0]);
        n = Integer.parseInt(sizes[1]);
        x = Rivals.numbers(rows * n, 1);
        w = new double[rows];
        roots = new double[rows];
        for (int k = 0; k < rows; k++) {
            w[k] = 1 + k % 7 / 8.0;
            roots[k] = Math.sqrt(w[k]);
        }
        h = SymmetricMatrix.of(n);
        ejml = Rivals.ejml(rows, n, x);
        ejmlC = new DMatrixRMaj(n, n);
        ojalgo = R064Store.FACTORY.make(rows, n);
        for (int k = 0; k < rows; k++) {
            for (int j = 0; j < n; j++) {
                ojalgo.set(k, j, x[k * n + j]);
            }
        }
        verify();
    }

    private void verify() {
        SymmetricMatrix plain = gram(null);
        ejml();
        MatrixStore<Double> product = ojalgo();
        Rivals.agree("EJML", n * n, i -> plain.get(i / n, i % n), i -> ejmlC.get(i / n, i % n));
        Rivals.agree("ojAlgo", n * n, i -> plain.get(i / n, i % n), i -> product.get(i / n, i % n));
    }

    private SymmetricMatrix gram(double[] weights) {
        SymmetricMatrix gram = SymmetricMatrix.of(n);
        gram.addGram(x, 0, rows, weights, 0);
        return gram;
    }

    /** Checks the lower triangle, stored by columns, that a rival made of the same product. */
    private void agree(String what, SymmetricMatrix expected, IntToDoubleFunction lower) {
        Rivals.agree(what, n * n, i -> i / n >= i % n ? expected.get(i / n, i % n) : 0,
                i -> i / n >= i % n ? lower.applyAsDouble(i % n * n + i / n) : 0);
    }

    /** OpenBLAS's copies of the data. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private DoublePointer x;
        private DoublePointer scaled;
        private double[] scaledArray;
        private DoublePointer c;

        @Setup
        public void setUp(GramBenchmark own) {
            openblasOnOneThread();
            x = Rivals.pointer(own.x);
            scaled = new DoublePointer(own.x.length);
            scaledArray = new double[own.x.length];
            c = new DoublePointer((long) own.n * own.n);
            own.openblasDsyrk(this);
            own.agree("dsyrk", own.gram(null), c::get);
            own.scaleAndDsyrk(this);
            own.agree("weighted", own.gram(own.w), c::get);
        }
    }

    /** netlib's BLAS in Java. */
    @State(Scope.Thread)
    public static class Netlib extends Rival {
        private BLAS java;
        private double[] c;

        @Setup
        public void setUp(GramBenchmark own) {
            java = netlib();
            c = new double[own.n * own.n];
            own.netlibDsyrk(this);
            own.agree("netlib", own.gram(null), i -> c[i]);
        }
    }

    @Benchmark
    public SymmetricMatrix simd() {
        h.addGram(x, 0, rows, w, 0);
        return h;
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.TWO_THREADS)
    public SymmetricMatrix simdTwoThreads() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.SCALAR)
    public SymmetricMatrix scalar() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = {Rivals.SCALAR, Rivals.PLAIN})
    public SymmetricMatrix scalarPlain() {
        return simd();
    }

    @Benchmark
    public DoublePointer openblasDsyrk(OpenBlas rival) {
        openblas.cblas_dsyrk(openblas.CblasColMajor, openblas.CblasLower, openblas.CblasNoTrans, n, rows, 1, rival.x,
                n, 0, rival.c, n);
        return rival.c;
    }

    @Benchmark
    public DoublePointer scaleAndDsyrk(OpenBlas rival) {
        for (int k = 0; k < rows; k++) {
            double root = roots[k];
            for (int j = 0; j < n; j++) {
                rival.scaledArray[k * n + j] = root * x[k * n + j];
            }
        }
        rival.scaled.put(rival.scaledArray, 0, rival.scaledArray.length);
        openblas.cblas_dsyrk(openblas.CblasColMajor, openblas.CblasLower, openblas.CblasNoTrans, n, rows, 1,
                rival.scaled, n, 0, rival.c, n);
        return rival.c;
    }

    @Benchmark
    public double[] netlibDsyrk(Netlib rival) {
        rival.java.dsyrk("L", "N", n, rows, 1, x, n, 0, rival.c, n);
        return rival.c;
    }

    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.multInner(ejml, ejmlC);
        return ejmlC;
    }

    @Benchmark
    public MatrixStore<Double> ojalgo() {
        return ojalgo.transpose().multiply(ojalgo);
    }
}
