package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.util.FastMath;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values, gradients and Hessians against Hipparchus' DerivativeStructure on random points. */
class HipparchusTest {
    private static final int POINTS = 200;
    private static final long SEED = 42;

    private record Unary(String name, UnaryOperator<Expr> ours, UnaryOperator<DerivativeStructure> theirs,
            double low, double high) {}

    private record Binary(String name, BinaryOperator<Expr> ours, BinaryOperator<DerivativeStructure> theirs,
            double low, double high) {}

    private static final List<Unary> UNARY = List.of(
            new Unary("exp", Functions::exp, DerivativeStructure::exp, -20, 20),
            new Unary("expm1", Functions::expm1, DerivativeStructure::expm1, -20, 20),
            new Unary("log", Functions::log, DerivativeStructure::log, 1e-3, 50),
            new Unary("log1p", Functions::log1p, DerivativeStructure::log1p, -0.99, 50),
            new Unary("log2", Functions::log2, x -> x.log().divide(FastMath.log(2)), 1e-3, 50),
            new Unary("log10", Functions::log10, DerivativeStructure::log10, 1e-3, 50),
            new Unary("sqrt", Functions::sqrt, DerivativeStructure::sqrt, 1e-3, 50),
            new Unary("cbrt", Functions::cbrt, DerivativeStructure::cbrt, 1e-2, 50),
            new Unary("square", Functions::square, x -> x.multiply(x), -50, 50),
            new Unary("reciprocal", Expr::reciprocal, DerivativeStructure::reciprocal, 0.1, 50),
            new Unary("negate", Expr::negate, DerivativeStructure::negate, -50, 50),
            new Unary("pow 7", x -> x.pow(7), x -> x.pow(7), -3, 3),
            new Unary("pow -3", x -> x.pow(-3), x -> x.pow(-3), 0.2, 3),
            new Unary("pow 0", x -> x.pow(0).plus(x), x -> x.add(1), -3, 3),
            new Unary("pow 2.7", x -> x.pow(2.7), x -> x.pow(2.7), 0.01, 9),
            new Unary("pow 100", x -> x.pow(100), x -> x.pow(100), -1.5, 1.5),
            new Unary("sin", Functions::sin, DerivativeStructure::sin, -20, 20),
            new Unary("cos", Functions::cos, DerivativeStructure::cos, -20, 20),
            new Unary("tan", Functions::tan, DerivativeStructure::tan, -1.5, 1.5),
            new Unary("asin", Functions::asin, DerivativeStructure::asin, -0.99, 0.99),
            new Unary("acos", Functions::acos, DerivativeStructure::acos, -0.99, 0.99),
            new Unary("atan", Functions::atan, DerivativeStructure::atan, -20, 20),
            new Unary("sinh", Functions::sinh, DerivativeStructure::sinh, -20, 20),
            new Unary("cosh", Functions::cosh, DerivativeStructure::cosh, -20, 20),
            new Unary("tanh", Functions::tanh, DerivativeStructure::tanh, -3, 3),
            new Unary("asinh", Functions::asinh, DerivativeStructure::asinh, -20, 20),
            new Unary("acosh", Functions::acosh, DerivativeStructure::acosh, 1.01, 20),
            new Unary("atanh", Functions::atanh, DerivativeStructure::atanh, -0.99, 0.99),
            new Unary("sigmoid", Functions::sigmoid, x -> x.negate().exp().add(1).reciprocal(), -10, 10),
            new Unary("softplus", Functions::softplus, x -> x.exp().log1p(), -10, 10),
            new Unary("abs", Functions::abs, DerivativeStructure::abs, -20, 20),
            new Unary("x max 1", x -> Functions.max(x.square(), 1), x -> x.multiply(x).getValue() >= 1 ? x.multiply(x)
            : x.newInstance(1), -3, 3));

    private static final List<Binary> BINARY = List.of(
            new Binary("plus", Expr::plus, DerivativeStructure::add, -5, 5),
            new Binary("minus", Expr::minus, DerivativeStructure::subtract, -5, 5),
            new Binary("times", Expr::times, DerivativeStructure::multiply, -5, 5),
            new Binary("dividedBy", Expr::dividedBy, DerivativeStructure::divide, 0.3, 5),
            new Binary("pow", Expr::pow, DerivativeStructure::pow, 0.2, 4),
            new Binary("atan2", Functions::atan2, (a, b) -> a.atan2(b), 0.2, 5),
            new Binary("hypot", Functions::hypot, (a, b) -> a.hypot(b), 0.2, 5),
            new Binary("min", Functions::min, (a, b) -> a.getValue() <= b.getValue() ? a : b, -5, 5),
            new Binary("max", Functions::max, (a, b) -> a.getValue() >= b.getValue() ? a : b, -5, 5),
            new Binary("fma", (a, b) -> Functions.fma(a, b, a), (a, b) -> a.multiply(b).add(a), -5, 5),
            new Binary("logSumExp", (a, b) -> Functions.logSumExp(Functions.stack(a, b)),
            (a, b) -> a.exp().add(b.exp()).log(), -5, 5),
            new Binary("norm2", (a, b) -> Functions.norm2(Functions.stack(a, b)),
            (a, b) -> a.multiply(a).add(b.multiply(b)).sqrt(), 0.3, 5),
            new Binary("softmax", (a, b) -> Functions.softmax(Functions.stack(a, b)).get(0),
            (a, b) -> b.subtract(a).exp().add(1).reciprocal(), -5, 5));

    @TestFactory
    List<DynamicTest> unary() {
        return UNARY.stream().map(f -> DynamicTest.dynamicTest(f.name, () -> check(
                f.name, Objective.of(2, x -> f.ours.apply(x.get(0)).times(x.get(1).plus(3))),
                (a, b) -> f.theirs.apply(a).multiply(b.add(3)), f.low, f.high))).toList();
    }

    @TestFactory
    List<DynamicTest> binary() {
        return BINARY.stream().map(f -> DynamicTest.dynamicTest(f.name, () -> check(
                f.name, Objective.of(2, x -> f.ours.apply(x.get(0), x.get(1))), f.theirs, f.low, f.high))).toList();
    }

    private static void check(String name, Objective ours, BinaryOperator<DerivativeStructure> theirs,
            double low, double high) {
        Random random = new Random(SEED);
        DSFactory factory = new DSFactory(2, 2);
        double[] g = new double[2];
        SymmetricMatrix h = SymmetricMatrix.of(2);
        for (int k = 0; k < POINTS; k++) {
            double[] x = {random.nextDouble(low, high), random.nextDouble(low, high)};
            double value = ours.hessian(x, g, h);
            DerivativeStructure expected = theirs.apply(factory.variable(0, x[0]), factory.variable(1, x[1]));
            double[][] pairs = {
                {value, expected.getValue()},
                {g[0], expected.getPartialDerivative(1, 0)},
                {g[1], expected.getPartialDerivative(0, 1)},
                {h.get(0, 0), expected.getPartialDerivative(2, 0)},
                {h.get(1, 0), expected.getPartialDerivative(1, 1)},
                {h.get(1, 1), expected.getPartialDerivative(0, 2)}
            };
            double scale = 0;
            for (double[] pair : pairs) {
                scale = Math.max(scale, Math.abs(pair[1]));
            }
            for (double[] pair : pairs) {
                double error = Math.abs(pair[0] - pair[1]);
                assertTrue(error <= 4e-14 * scale, name + " at " + x[0] + ", " + x[1] + ": " + pair[0]
                        + " expected " + pair[1]
                        + ", seed " + SEED);
            }
            assertEquals(value, ours.value(x), name + ": value() and hessian() differ");
        }
    }
}
