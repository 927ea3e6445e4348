package hesse.jmh.kernel;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
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
 * H += X' diag(w) X, N rows of n columns. Ours is weighted; the rivals have no weights and get them for nothing, but for
 * {@code scaleAndDsyrk}, which is what their users write. One multiply-add for each of N n(n+1)/2 entries.
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
    private double[] c;
    private SymmetricMatrix h;
    private DoublePointer xPointer;
    private DoublePointer scaled;
    private double[] scaledArray;
    private DoublePointer cPointer;
    private BLAS java;
    private DMatrixRMaj ejml;
    private DMatrixRMaj ejmlC;
    private R064Store ojalgo;

    @Setup
    public void setUp() {
        Rivals.oneThread();
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
        xPointer = Rivals.pointer(x);
        scaled = new DoublePointer(x.length);
        scaledArray = new double[x.length];
        c = new double[n * n];
        cPointer = new DoublePointer(c.length);
        java = JavaBLAS.getInstance();
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
        SymmetricMatrix plain = SymmetricMatrix.of(n);
        plain.addGram(x, 0, rows, null, 0);
        openblasDsyrk();
        netlibDsyrk();
        ejml();
        MatrixStore<Double> product = ojalgo();
        Rivals.agree("dsyrk", n * n, i -> i / n >= i % n ? plain.get(i / n, i % n) : 0, i -> i / n >= i % n ? cPointer.get(i % n * (long) n + i / n) : 0);
        Rivals.agree("netlib", n * n, i -> i / n >= i % n ? plain.get(i / n, i % n) : 0, i -> i / n >= i % n ? c[i % n * n + i / n] : 0);
        Rivals.agree("EJML", n * n, i -> plain.get(i / n, i % n), i -> ejmlC.get(i / n, i % n));
        Rivals.agree("ojAlgo", n * n, i -> plain.get(i / n, i % n), i -> product.get(i / n, i % n));
        SymmetricMatrix weighted = SymmetricMatrix.of(n);
        weighted.addGram(x, 0, rows, w, 0);
        scaleAndDsyrk();
        Rivals.agree("weighted", n * n, i -> i / n >= i % n ? weighted.get(i / n, i % n) : 0, i -> i / n >= i % n ? cPointer.get(i % n * (long) n + i / n) : 0);
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
    public DoublePointer openblasDsyrk() {
        openblas.cblas_dsyrk(openblas.CblasColMajor, openblas.CblasLower, openblas.CblasNoTrans, n, rows, 1, xPointer, n, 0, cPointer, n);
        return cPointer;
    }

    @Benchmark
    public DoublePointer scaleAndDsyrk() {
        for (int k = 0; k < rows; k++) {
            double root = roots[k];
            for (int j = 0; j < n; j++) {
                scaledArray[k * n + j] = root * x[k * n + j];
            }
        }
        scaled.put(scaledArray, 0, scaledArray.length);
        openblas.cblas_dsyrk(openblas.CblasColMajor, openblas.CblasLower, openblas.CblasNoTrans, n, rows, 1, scaled, n, 0, cPointer, n);
        return cPointer;
    }

    @Benchmark
    public double[] netlibDsyrk() {
        java.dsyrk("L", "N", n, rows, 1, x, n, 0, c, n);
        return c;
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
