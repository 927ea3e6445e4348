package hesse.jmh.kernel;

import hesse.jmh.Rival;
import hesse.matrix.Cholesky;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
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

/** H = L L', n^3/6 multiply-adds. Every method copies H first, as in use: a factorisation destroys its input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CholeskyBenchmark {
    @Param({"16", "32", "64", "128", "512", "1024", "2048"})
    private int n;

    private SymmetricMatrix h;
    private Cholesky cholesky;
    private DMatrixRMaj ejml;
    private DMatrixRMaj ejmlCopy;
    private CholeskyDecomposition_F64<DMatrixRMaj> ejmlCholesky;
    private R064Store ojalgo;
    private org.ojalgo.matrix.decomposition.Cholesky<Double> ojalgoCholesky;

    @Setup
    public void setUp() {
        h = Rivals.positiveDefinite(n);
        cholesky = Cholesky.of(h);
        double[] full = Rivals.full(h);
        ejml = Rivals.ejml(n, n, full);
        ejmlCopy = new DMatrixRMaj(n, n);
        ejmlCholesky = DecompositionFactory_DDRM.chol(n, true);
        ojalgo = R064Store.FACTORY.make(n, n);
        for (int i = 0; i < n * n; i++) {
            ojalgo.set(i / n, i % n, full[i]);
        }
        ojalgoCholesky = org.ojalgo.matrix.decomposition.Cholesky.R064.make(ojalgo);
        ejml();
        ojalgo();
        DMatrixRMaj lower = ejmlCholesky.getT(null);
        Rivals.agree("EJML", n * n, i -> cholesky.get(i / n, i % n), i -> lower.get(i / n, i % n));
        MatrixStore<Double> l = ojalgoCholesky.getL();
        Rivals.agree("ojAlgo", n * n, i -> cholesky.get(i / n, i % n), i -> l.doubleValue(i / n, i % n));
    }

    /** OpenBLAS's copy of the matrix. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private DoublePointer source;
        private DoublePointer target;

        @Setup
        public void setUp(CholeskyBenchmark own) {
            openblasOnOneThread();
            double[] full = Rivals.full(own.h);
            source = Rivals.pointer(full);
            target = new DoublePointer(full.length);
            own.openblasDpotrf(this);
            int n = own.n;
            Rivals.agree("dpotrf", n * n, i -> own.cholesky.get(i / n, i % n),
                    i -> i / n >= i % n ? target.get(i % n * (long) n + i / n) : 0);
        }
    }

    @Benchmark
    public Cholesky simd() {
        cholesky.factor(h);
        return cholesky;
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.TWO_THREADS)
    public Cholesky simdTwoThreads() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.SCALAR)
    public Cholesky scalar() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = {Rivals.SCALAR, Rivals.PLAIN})
    public Cholesky scalarPlain() {
        return simd();
    }

    @Benchmark
    public int openblasDpotrf(OpenBlas rival) {
        Pointer.memcpy(rival.target, rival.source, 8L * n * n);
        return openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, rival.target, n);
    }

    @Benchmark
    public boolean ejml() {
        ejmlCopy.setTo(ejml);
        return ejmlCholesky.decompose(ejmlCopy);
    }

    @Benchmark
    public boolean ojalgo() {
        return ojalgoCholesky.decompose(ojalgo);
    }
}
