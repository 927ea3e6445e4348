package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.graph.Op;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of the table {@link Op}: value, first and second derivatives against 25-digit answers that share no rule
 * with it.
 */
class OpTableTest {
    /**
     * Value, gradient and Hessian may be off by this, relative to the largest entry of each; lgamma's family to at
     * least 1.
     */
    private static final Map<Op, double[]> TOLERANCES = new EnumMap<>(Op.class);
    private static final double[] USUAL = {5e-16, 1e-15, 2e-15};

    static {
        TOLERANCES.put(Op.LGAMMA, new double[] {1e-15, 4e-15, 4e-15});
        TOLERANCES.put(Op.POLYGAMMA, new double[] {4e-15, 4e-15, 4e-15});
        TOLERANCES.put(Op.INTEGER_POWER, new double[] {8e-15, 8e-15, 8e-15});
    }

    /** A line of functions.tsv. */
    record Answer(Op op, double[] operands, double value, double[] gradient, double[] hessian) {
        static Answer parse(String line) {
            String[] fields = line.split("\t");
            Op op = Op.valueOf(fields[0]);
            double[] numbers = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
            int n = exponential(op) == null ? op.arity() : 1;
            int active = hasConstant(op) ? 1 : n;
            return new Answer(op, Arrays.copyOf(numbers, n), numbers[n],
                    Arrays.copyOfRange(numbers, n + 1, n + 1 + active),
                    Arrays.copyOfRange(numbers, n + 1 + active, numbers.length));
        }

        static boolean hasConstant(Op op) {
            return op == Op.INTEGER_POWER || op == Op.POLYGAMMA;
        }

        /** What the second operand has to be of the first, or of twice the first; null where both are free. */
        static Op exponential(Op op) {
            return switch (op) {
                case ERF, ERFC -> Op.GAUSSIAN;
                case NORMAL_CDF, NORMAL_DENSITY -> Op.HALF_GAUSSIAN;
                case SIGMOID, SIGMOID_SLOPE, SOFTPLUS, SECH_SQUARED -> Op.EXP_MINUS_ABS;
                default -> null;
            };
        }

        double[] point() {
            return switch (op) {
                case INTEGER_POWER -> new double[] {operands[0]};
                case POLYGAMMA -> new double[] {operands[1]};
                default -> operands;
            };
        }

        Objective objective() {
            return Objective.of(point().length, x -> switch (op) {
                case INTEGER_POWER -> Expr.apply(op, x.get(0), Expr.constant(operands[1]));
                case POLYGAMMA -> Expr.apply(op, Expr.constant(operands[0]), x.get(0));
                case SELECT -> Functions.select(x.get(0), x.get(1), x.get(2));
                default -> exponential(op) != null
                        ? Expr.apply(op, x.get(0),
                        Expr.apply(exponential(op), x.get(0).times(op == Op.SECH_SQUARED ? 2 : 1)))
                        : Expr.apply(op, IntStream.range(0, op.arity()).mapToObj(x::get).toArray(Expr[]::new));
            });
        }
    }

    static List<Answer> answers() throws IOException {
        try (InputStream in = OpTableTest.class.getResourceAsStream("functions.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Answer::parse).toList();
        }
    }

    @Test
    void everyOperationHasAnswers() throws IOException {
        Set<Op> missing = EnumSet.allOf(Op.class);
        answers().forEach(answer -> missing.remove(answer.op));
        assertEquals(EnumSet.of(Op.FINITE_OR_ZERO, Op.EXP_MINUS_ABS, Op.SCALE, Op.NORM, Op.STRONG_PRODUCT,
                Op.UNLESS_INFINITE, Op.WITHIN), missing);
    }

    @TestFactory
    List<DynamicTest> agrees() throws IOException {
        Map<Op, List<Answer>> byOp = new EnumMap<>(Op.class);
        answers().forEach(answer -> byOp.computeIfAbsent(answer.op, op -> new ArrayList<>()).add(answer));
        return byOp.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey().name(), () -> e.getValue().forEach(OpTableTest::check)))
                .toList();
    }

    private static void check(Answer answer) {
        double[] tolerance = TOLERANCES.getOrDefault(answer.op, USUAL);
        Objective f = answer.objective();
        double[] x = answer.point();
        String where = answer.op + Arrays.toString(answer.operands);
        double floor = answer.op == Op.LGAMMA || answer.op == Op.POLYGAMMA ? 1 : 0;
        compare(where + " value", new double[] {f.value(x)}, new double[] {answer.value}, tolerance[0], floor);
        compare(where + " gradient", f.gradient(x), answer.gradient, tolerance[1], floor);
        compare(where + " Hessian", f.hessian(x).toPacked(), answer.hessian, tolerance[2], floor);
        double[] unit = new double[x.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = 1;
            double[] column = f.hessian(x).multiply(unit);
            compare(where + " H e" + i, f.hessianVector(x, unit), column, 4e-15, 0);
            unit[i] = 0;
        }
    }

    private static void compare(String what, double[] actual, double[] expected, double tolerance, double floor) {
        double scale = Math.max(floor, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(actual[i] - expected[i]);
            boolean same = actual[i] == expected[i];
            assertTrue(same || error <= tolerance * scale, what + ": " + Arrays.toString(actual) + " expected "
                    + Arrays.toString(expected)
                    + ", relative error " + error / scale);
        }
    }
}
