package hesse.jmh.kernel;

import hesse.jmh.Rival;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ojalgo.matrix.decomposition.Eigenvalue;
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

/** All eigenvalues and eigenvectors of a random symmetric matrix. Every method copies it first. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EigenBenchmark {
    @Param({"10", "64", "256", "1024"})
    private int n;

    private SymmetricMatrix h;
    private DMatrixRMaj ejml;
    private R064Store ojalgo;

    @Setup
    public void setUp() {
        h = Rivals.symmetric(n);
        double[] full = Rivals.full(h);
        ejml = Rivals.ejml(n, n, full);
        ojalgo = R064Store.FACTORY.make(n, n);
        for (int i = 0; i < n * n; i++) {
            ojalgo.set(i / n, i % n, full[i]);
        }
    }

    /** OpenBLAS's copy of the matrix. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private DoublePointer source;
        private DoublePointer target;
        private DoublePointer values;

        @Setup
        public void setUp(EigenBenchmark own) {
            openblasOnOneThread();
            double[] full = Rivals.full(own.h);
            source = Rivals.pointer(full);
            target = new DoublePointer(full.length);
            values = new DoublePointer(own.n);
            own.openblasDsyevd(this);
            double[] ours = own.simd().values();
            Rivals.agree("dsyevd", own.n, i -> ours[i], values::get);
        }
    }

    @Benchmark
    public SymmetricEigen simd() {
        return SymmetricEigen.of(h);
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.SCALAR)
    public SymmetricEigen scalar() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = {Rivals.SCALAR, Rivals.PLAIN})
    public SymmetricEigen scalarPlain() {
        return simd();
    }

    @Benchmark
    public int openblasDsyevd(OpenBlas rival) {
        Pointer.memcpy(rival.target, rival.source, 8L * n * n);
        return openblas.LAPACKE_dsyevd(openblas.LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n,
                rival.target, n, rival.values);
    }

    @Benchmark
    public Object ejml() {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        eigen.decompose(ejml.copy());
        return eigen;
    }

    @Benchmark
    public Object ojalgo() {
        Eigenvalue<Double> eigen = Eigenvalue.R064.make(ojalgo, true);
        eigen.decompose(ojalgo);
        return eigen.getV();
    }
}
