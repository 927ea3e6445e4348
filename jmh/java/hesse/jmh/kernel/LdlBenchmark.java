package hesse.jmh.kernel;

import hesse.jmh.Rival;
import hesse.matrix.Ldl;
import hesse.matrix.SymmetricMatrix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** P H P' = L D L' of a random indefinite matrix, n^3/6 multiply-adds. Every method copies H first. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LdlBenchmark {
    @Param({"10", "64", "256", "1024"})
    private int n;

    private SymmetricMatrix h;

    @Setup
    public void setUp() {
        h = Rivals.symmetric(n);
    }

    /** OpenBLAS's copy of the matrix. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private DoublePointer source;
        private DoublePointer target;
        private IntPointer pivots;

        @Setup
        public void setUp(LdlBenchmark own) {
            openblasOnOneThread();
            double[] full = Rivals.full(own.h);
            source = Rivals.pointer(full);
            target = new DoublePointer(full.length);
            int n = own.n;
            pivots = new IntPointer(n);
            own.openblasDsytrf(this);
            double[] b = Rivals.numbers(n, 3);
            double[] ours = own.simd().solve(b);
            DoublePointer theirs = Rivals.pointer(b);
            openblas.LAPACKE_dsytrs(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, 1, target, n, pivots, theirs, n);
            Rivals.agree("dsytrs", n, i -> ours[i], i -> theirs.get(i));
        }
    }

    @Benchmark
    public Ldl simd() {
        return Ldl.of(h);
    }

    @Benchmark
    @Fork(jvmArgsAppend = Rivals.SCALAR)
    public Ldl scalar() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = {Rivals.SCALAR, Rivals.PLAIN})
    public Ldl scalarPlain() {
        return simd();
    }

    @Benchmark
    public int openblasDsytrf(OpenBlas rival) {
        Pointer.memcpy(rival.target, rival.source, 8L * n * n);
        return openblas.LAPACKE_dsytrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', n, rival.target, n, rival.pivots);
    }
}
