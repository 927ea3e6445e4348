package hesse.jmh.kernel;

import hesse.kernel.function.ArrayFunctions;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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
 * Elementary functions of {@value #N} numbers: Hesse's ({@code simd}); the JDK's {@code lanewise}, which calls Intel's
 * SVML; a loop over {@link Math}. The first two run at the width of {@code hesse.bits}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ElementaryBenchmark {
    private static final int N = 2048;
    private static final VectorSpecies<Double> S = switch (Integer.getInteger("hesse.bits", 0)) {
        case 128 -> DoubleVector.SPECIES_128;
        case 256 -> DoubleVector.SPECIES_256;
        default -> DoubleVector.SPECIES_PREFERRED;
    };

    @FunctionalInterface
    private interface OverArrays {
        void fill(double[] x, int xOff, double[] y, int yOff, int n);
    }

    @Param({"exp", "expm1", "log", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "tanh", "sinh", "cosh",
            "log10", "cbrt"})
    private String function;

    private OverArrays ours;
    private BiConsumer<double[], double[]> svml;
    private DoubleUnaryOperator math;
    private double[] x;
    private double[] y;

    @Setup
    public void setUp() {
        switch (function) {
            case "exp" -> of(ArrayFunctions::exp, (a, b) -> lanewise(VectorOperators.EXP, a, b), Math::exp);
            case "expm1" -> of(ArrayFunctions::expm1, (a, b) -> lanewise(VectorOperators.EXPM1, a, b), Math::expm1);
            case "log" -> of(ArrayFunctions::log, (a, b) -> lanewise(VectorOperators.LOG, a, b), Math::log);
            case "log1p" -> of(ArrayFunctions::log1p, (a, b) -> lanewise(VectorOperators.LOG1P, a, b), Math::log1p);
            case "sin" -> of(ArrayFunctions::sin, (a, b) -> lanewise(VectorOperators.SIN, a, b), Math::sin);
            case "cos" -> of(ArrayFunctions::cos, (a, b) -> lanewise(VectorOperators.COS, a, b), Math::cos);
            case "tan" -> of(ArrayFunctions::tan, (a, b) -> lanewise(VectorOperators.TAN, a, b), Math::tan);
            case "sinh" -> of(ArrayFunctions::sinh, (a, b) -> lanewise(VectorOperators.SINH, a, b), Math::sinh);
            case "cosh" -> of(ArrayFunctions::cosh, (a, b) -> lanewise(VectorOperators.COSH, a, b), Math::cosh);
            case "log10" -> of(ArrayFunctions::log10, (a, b) -> lanewise(VectorOperators.LOG10, a, b), Math::log10);
            case "cbrt" -> of(ArrayFunctions::cbrt, (a, b) -> lanewise(VectorOperators.CBRT, a, b), Math::cbrt);
            case "asin" -> of(ArrayFunctions::asin, (a, b) -> lanewise(VectorOperators.ASIN, a, b), Math::asin);
            case "acos" -> of(ArrayFunctions::acos, (a, b) -> lanewise(VectorOperators.ACOS, a, b), Math::acos);
            case "atan" -> of(ArrayFunctions::atan, (a, b) -> lanewise(VectorOperators.ATAN, a, b), Math::atan);
            case "tanh" -> of(ArrayFunctions::tanh, (a, b) -> lanewise(VectorOperators.TANH, a, b), Math::tanh);
            default -> throw new IllegalArgumentException(function);
        }
        x = Rivals.numbers(N, 1);
        for (int i = 0; i < N; i++) {
            boolean bounded = function.startsWith("a") && !function.equals("atan");
            x[i] = function.startsWith("log") ? 10 * (x[i] + 0.5001) : bounded ? 2 * x[i] : 8 * x[i];
        }
        y = new double[N];
        double[] expected = math().clone();
        simd();
        Rivals.agree("Math." + function, N, i -> y[i], i -> expected[i]);
        svml();
        Rivals.agree("SVML " + function, N, i -> expected[i], i -> y[i]);
    }

    private void of(OverArrays lanes, BiConsumer<double[], double[]> vectors, DoubleUnaryOperator loop) {
        ours = lanes;
        svml = vectors;
        math = loop;
    }

    private static void lanewise(VectorOperators.Unary operator, double[] x, double[] y) {
        for (int i = 0; i < N; i += S.length()) {
            DoubleVector.fromArray(S, x, i).lanewise(operator).intoArray(y, i);
        }
    }

    @Benchmark
    public double[] simd() {
        ours.fill(x, 0, y, 0, N);
        return y;
    }

    @Benchmark
    public double[] svml() {
        svml.accept(x, y);
        return y;
    }

    @Benchmark
    @Fork(jvmArgsAppend = "-Dhesse.bits=256")
    public double[] simd256() {
        return simd();
    }

    @Benchmark
    @Fork(jvmArgsAppend = "-Dhesse.bits=256")
    public double[] svml256() {
        return svml();
    }

    @Benchmark
    public double[] math() {
        for (int i = 0; i < N; i++) {
            y[i] = math.applyAsDouble(x[i]);
        }
        return y;
    }
}
