package hesse.jmh.kernel;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The machine's own limits, as a yardstick for the kernels: multiply-adds from registers, and memory read, copied and
 * combined. One call of {@code peak} is {@value #STEPS} x 16 vector multiply-adds (lanes x 2 flops each); one of the
 * others goes over arrays of 64 MB each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MachineBenchmark {
    private static final int STEPS = 10_000;
    /** Operations of {@code peak}: 16 chains of multiply-adds of vectors of 8 numbers (512 bits). */
    public static final double PEAK_OPERATIONS = 2.0 * 16 * 8 * STEPS;
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = 1 << 23;
    /** Bytes that one call of {@code read} reads. */
    public static final double READ_BYTES = 8.0 * LENGTH;

    private double[] a;
    private double[] b;
    private double[] c;

    @Setup
    public void setUp() {
        a = Rivals.numbers(LENGTH, 1);
        b = Rivals.numbers(LENGTH, 2);
        c = new double[LENGTH];
    }

    @Benchmark
    public double peak() {
        DoubleVector x = DoubleVector.broadcast(S, a[0]);
        DoubleVector y = DoubleVector.broadcast(S, b[0]);
        DoubleVector s0 = x;
        DoubleVector s1 = y;
        DoubleVector s2 = x;
        DoubleVector s3 = y;
        DoubleVector s4 = x;
        DoubleVector s5 = y;
        DoubleVector s6 = x;
        DoubleVector s7 = y;
        DoubleVector s8 = x;
        DoubleVector s9 = y;
        DoubleVector t0 = x;
        DoubleVector t1 = y;
        DoubleVector t2 = x;
        DoubleVector t3 = y;
        DoubleVector t4 = x;
        DoubleVector t5 = y;
        for (int k = 0; k < STEPS; k++) {
            s0 = x.fma(s0, y);
            s1 = x.fma(s1, y);
            s2 = x.fma(s2, y);
            s3 = x.fma(s3, y);
            s4 = x.fma(s4, y);
            s5 = x.fma(s5, y);
            s6 = x.fma(s6, y);
            s7 = x.fma(s7, y);
            s8 = x.fma(s8, y);
            s9 = x.fma(s9, y);
            t0 = x.fma(t0, y);
            t1 = x.fma(t1, y);
            t2 = x.fma(t2, y);
            t3 = x.fma(t3, y);
            t4 = x.fma(t4, y);
            t5 = x.fma(t5, y);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9)
                .add(t0).add(t1).add(t2).add(t3).add(t4).add(t5).reduceLanes(VectorOperators.ADD);
    }

    @Benchmark
    public double read() {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int l = S.length();
        for (int i = 0; i < LENGTH; i += 4 * l) {
            s0 = s0.add(DoubleVector.fromArray(S, a, i));
            s1 = s1.add(DoubleVector.fromArray(S, a, i + l));
            s2 = s2.add(DoubleVector.fromArray(S, a, i + 2 * l));
            s3 = s3.add(DoubleVector.fromArray(S, a, i + 3 * l));
        }
        return s0.add(s1).add(s2).add(s3).reduceLanes(VectorOperators.ADD);
    }

    @Benchmark
    public double[] copy() {
        System.arraycopy(a, 0, c, 0, LENGTH);
        return c;
    }

    @Benchmark
    public double[] triad() {
        for (int i = 0; i < LENGTH; i += S.length()) {
            DoubleVector.fromArray(S, a, i).fma(DoubleVector.broadcast(S, 3), DoubleVector.fromArray(S, b, i))
                    .intoArray(c, i);
        }
        return c;
    }
}
