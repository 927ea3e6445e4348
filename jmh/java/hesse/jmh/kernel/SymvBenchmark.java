package hesse.jmh.kernel;

import dev.ludovic.netlib.blas.BLAS;
import hesse.jmh.Rival;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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

/** y = H v for a symmetric H; half of H is read, 4 n^2 bytes. EJML has no symmetric product and reads all of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SymvBenchmark {
    @Param({"64", "256", "1024", "4096"})
    private int n;

    private SymmetricMatrix h;
    private double[] v;
    private double[] y;
    private double[] full;
    private DMatrixRMaj ejml;
    private DMatrixRMaj ejmlV;
    private DMatrixRMaj ejmlY;
    private R064Store ojalgo;
    private R064Store ojalgoV;

    @Setup
    public void setUp() {
        h = Rivals.symmetric(n);
        v = Rivals.numbers(n, 2);
        y = new double[n];
        full = Rivals.full(h);
        ejml = Rivals.ejml(n, n, full);
        ejmlV = Rivals.ejml(n, 1, v);
        ejmlY = new DMatrixRMaj(n, 1);
        ojalgo = R064Store.FACTORY.make(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ojalgo.set(i, j, full[i * n + j]);
            }
        }
        ojalgoV = R064Store.FACTORY.column(v);
        simd();
        ejml();
        Rivals.agree("EJML", n, i -> y[i], i -> ejmlY.get(i, 0));
        double[] product = ojalgo.multiply(ojalgoV).toRawCopy1D();
        Rivals.agree("ojAlgo", n, i -> y[i], i -> product[i]);
    }

    /** OpenBLAS's copies of the data. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private DoublePointer full;
        private DoublePointer v;
        private DoublePointer y;

        @Setup
        public void setUp(SymvBenchmark own) {
            openblasOnOneThread();
            full = Rivals.pointer(own.full);
            v = Rivals.pointer(own.v);
            y = new DoublePointer(own.n);
            own.openblasDsymv(this);
            Rivals.agree("dsymv", own.n, i -> own.y[i], y::get);
        }
    }

    /** netlib's BLAS in Java. */
    @State(Scope.Thread)
    public static class Netlib extends Rival {
        private BLAS java;
        private double[] y;

        @Setup
        public void setUp(SymvBenchmark own) {
            java = netlib();
            y = new double[own.n];
            own.netlibDsymv(this);
            Rivals.agree("netlib", own.n, i -> own.y[i], i -> y[i]);
        }
    }

    @Benchmark
    public double[] simd() {
        h.multiply(v, y);
        return y;
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.SCALAR)
    public double[] scalar() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = {Rivals.SCALAR, Rivals.PLAIN})
    public double[] scalarPlain() {
        return simd();
    }

    @Benchmark
    public DoublePointer openblasDsymv(OpenBlas rival) {
        openblas.cblas_dsymv(openblas.CblasColMajor, openblas.CblasLower, n, 1, rival.full, n, rival.v,
                1, 0, rival.y, 1);
        return rival.y;
    }

    @Benchmark
    public double[] netlibDsymv(Netlib rival) {
        rival.java.dsymv("L", n, 1, full, n, v, 1, 0, rival.y, 1);
        return rival.y;
    }

    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.mult(ejml, ejmlV, ejmlY);
        return ejmlY;
    }

    @Benchmark
    public Object ojalgo() {
        return ojalgo.multiply(ojalgoV);
    }
}
