package hesse.graph;

import hesse.kernel.function.Elementary;
import hesse.kernel.function.ErrorFunction;
import hesse.kernel.function.Exponential;
import hesse.kernel.function.Gamma;
import hesse.kernel.function.InverseTrigonometric;
import hesse.kernel.function.Logarithm;
import hesse.kernel.function.Power;
import hesse.kernel.function.Trigonometric;
import hesse.kernel.machine.FusedMultiplyAdd;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The elementwise operations, each a row of the table below with its value and, for every operand, its partial derivative.
 *
 * <p>A partial is the linear map t -> t dy/dx. An elementwise operation has a diagonal Jacobian, so the same map carries a
 * tangent forward and an adjoint back. Rules are chosen for their range: none forms a quantity that over- or underflows where t dy/dx
 * does not (1/x is differentiated as -(t y) y, never as t y^2). Where the field uses a subgradient: |x| has slope 0 at 0; min and max
 * give the whole slope to their first operand where both are equal. Where an operand lies outside the domain of a function, so that
 * its value is NaN, the slope is NaN too.
 */
public enum Op implements Operation.Elementwise {
    ADD((a, b) -> a + b, (g, y, t) -> t, (g, y, t) -> t),
    SUBTRACT((a, b) -> a - b, (g, y, t) -> t, (g, y, t) -> g.negate(t)),
    MULTIPLY((a, b) -> a * b, (g, y, t) -> g.multiply(t, y.arg(1)), (g, y, t) -> g.multiply(t, y.arg(0))),
    DIVIDE((a, b) -> a / b, (g, y, t) -> g.quotient(t, y.arg(1)),
            (g, y, t) -> g.negate(g.multiply(g.quotient(t, y.arg(1)), y))),
    /** a b + c, rounded once. */
    FMA(FusedMultiplyAdd::fma, (g, y, t) -> g.multiply(t, y.arg(1)), (g, y, t) -> g.multiply(t, y.arg(0)), (g, y, t) -> t),
    /** c - a b, rounded once. */
    FNMA((a, b, c) -> FusedMultiplyAdd.fma(-a, b, c), (g, y, t) -> g.negate(g.multiply(t, y.arg(1))),
            (g, y, t) -> g.negate(g.multiply(t, y.arg(0))), (g, y, t) -> t),
    NEGATE(x -> -x, (g, y, t) -> g.negate(t)),
    /** The slope -1/x^2 is never formed: it leaves the range where t/x^2 does not. */
    RECIPROCAL(x -> 1 / x, (g, y, t) -> g.negate(g.multiply(g.multiply(t, y), y))),
    SQUARE(x -> x * x, (g, y, t) -> g.multiply(t, g.multiply(g.constant(2), y.arg(0)))),
    /** v, which is the root of w found where w over- or underflows, too; differentiated as the root of w. */
    NORM(Elementary::norm, null, (g, y, t) -> g.multiply(t, g.quotient(g.constant(0.5), y))),
    SQRT(Math::sqrt, (g, y, t) -> g.multiply(t, g.quotient(g.constant(0.5), y))),
    CBRT(Power::cbrt, (g, y, t) -> g.quotient(t, g.multiply(g.constant(3), g.square(y)))),
    /** x^n for a constant integer n of at least 3 in size, or -2; of a negative one 1/x^-n, with the slope n y/x. */
    INTEGER_POWER((x, n) -> Elementary.power(x, (int) n), (g, y, t) -> y.arg(1).scalar() < 0
            ? g.quotient(g.multiply(t, g.multiply(y.arg(1), y)), y.arg(0))
            : g.multiply(t, g.multiply(y.arg(1), g.power(y.arg(0), y.arg(1).scalar() - 1)))),
    POWER(Power::pow, Op::powerByBase, (g, y, t) -> g.multiply(t, slopeInExponent(g, y))),
    EXP(Exponential::exp, (g, y, t) -> g.multiply(t, y)),
    EXPM1(Exponential::expm1, (g, y, t) -> g.multiply(t, g.apply(EXP, y.arg(0)))),
    LOG(Logarithm::log, (g, y, t) -> g.multiply(t, slopeOfLog(g, y.arg(0)))),
    LOG1P(Logarithm::log1p, (g, y, t) -> g.multiply(t, slopeOfLog(g, g.add(g.constant(1), y.arg(0))))),
    LOG2(Logarithm::log2, (g, y, t) -> g.multiply(t, slopeOfLog(g, g.multiply(g.constant(0.6931471805599453), y.arg(0))))),
    LOG10(Logarithm::log10, (g, y, t) -> g.multiply(t, slopeOfLog(g, g.multiply(g.constant(2.302585092994046), y.arg(0))))),
    SIN(Trigonometric::sin, (g, y, t) -> g.multiply(t, cos(g, y.arg(0)))),
    COS(Trigonometric::cos, (g, y, t) -> g.negate(g.multiply(t, g.apply(SIN, y.arg(0))))),
    TAN(Trigonometric::tan, (g, y, t) -> g.multiply(t, g.fma(y, y, g.constant(1)))),
    ASIN(InverseTrigonometric::asin, (g, y, t) -> g.quotient(t, cosineOfAsin(g, y))),
    ACOS(InverseTrigonometric::acos, (g, y, t) -> g.negate(g.quotient(t, cosineOfAsin(g, y)))),
    ATAN(InverseTrigonometric::atan, (g, y, t) -> g.multiply(g.multiply(t, cosineOfAtan(g, y)), cosineOfAtan(g, y))),
    ATAN2(InverseTrigonometric::atan2,
            (g, y, t) -> g.quotient(g.multiply(t, cosine(g, y.arg(1), y.arg(0))), radius(g, y)),
            (g, y, t) -> g.negate(g.quotient(g.multiply(t, cosine(g, y.arg(0), y.arg(1))), radius(g, y)))),
    SINH(Exponential::sinh, (g, y, t) -> g.multiply(t, cosh(g, y.arg(0)))),
    COSH(Exponential::cosh, (g, y, t) -> g.multiply(t, g.apply(SINH, y.arg(0)))),
    TANH(Exponential::tanh, (g, y, t) -> g.multiply(t, sechSquared(g, y.arg(0)))),
    HYPOT(Power::hypot, (g, y, t) -> g.multiply(t, cosine(g, y.arg(0), y.arg(1))),
            (g, y, t) -> g.multiply(t, cosine(g, y.arg(1), y.arg(0)))),
    /** a/hypot(a, b), 0 where both are: the slope of hypot, scaled, which also atan and atan2 are differentiated by. */
    DIRECTION_COSINE(Power::directionCosine,
            (g, y, t) -> g.quotient(g.multiply(g.multiply(t, sine(g, y)), sine(g, y)), radius(g, y)),
            (g, y, t) -> g.negate(g.quotient(g.multiply(g.multiply(t, sine(g, y)), y), radius(g, y)))),
    ASINH(Elementary::asinh, (g, y, t) -> g.multiply(t, cosineOfAtan(g, y))),
    ACOSH(Elementary::acosh, (g, y, t) -> g.quotient(t, g.multiply(
            g.sqrt(g.subtract(y.arg(0), g.constant(1))), g.sqrt(g.add(g.constant(1), y.arg(0)))))),
    ATANH(Elementary::atanh, (g, y, t) -> g.multiply(t, slopeOfLog(g, g.fnma(y.arg(0), y.arg(0), g.constant(1))))),
    /** exp(-x^2). */
    GAUSSIAN(Elementary::gaussian, (g, y, t) -> g.multiply(t, g.multiply(g.constant(-2), withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /** exp(-x^2/2). */
    HALF_GAUSSIAN(Elementary::halfGaussian, (g, y, t) -> g.negate(g.multiply(t, withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /** exp(-x^2/2)/sqrt(2 pi) of x and the second operand exp(-x^2/2), the slope of the normal distribution function. */
    NORMAL_DENSITY(Elementary::normalDensity, (g, y, t) -> g.negate(g.multiply(t, withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /** The error functions read as second operand the Gaussian of the first, of which value and slope are made. */
    ERF(ErrorFunction::erf, (g, y, t) -> g.multiply(t, g.multiply(g.constant(1.1283791670955126), y.arg(1)))),
    ERFC(ErrorFunction::erfc, (g, y, t) -> g.multiply(t, g.multiply(g.constant(-1.1283791670955126), y.arg(1)))),
    NORMAL_CDF(ErrorFunction::normalCdf, (g, y, t) -> g.multiply(t, g.apply(NORMAL_DENSITY, y.arg(0), y.arg(1)))),
    LGAMMA(Gamma::lgamma, (g, y, t) -> g.multiply(t, g.polygamma(0, y.arg(0)))),
    /** The derivative of digamma of a constant order: polygamma(order, x). */
    POLYGAMMA((order, x) -> Gamma.polygamma((int) order, x), null, (g, y, t) ->
            g.multiply(t, g.polygamma((int) y.arg(0).scalar() + 1, y.arg(1)))),
    /** exp(-|x|), of which the sigmoid and its family are made; read as their second operand, never differentiated. */
    EXP_MINUS_ABS(Elementary::expMinusAbs),
    /** The slope of the sigmoid: its own slope is -tanh(x/2) times it. */
    SIGMOID_SLOPE(Elementary::sigmoidSlope, (g, y, t) ->
            g.negate(g.multiply(t, g.multiply(g.apply(TANH, g.multiply(g.constant(0.5), y.arg(0))), y)))),
    SIGMOID(Elementary::sigmoid, (g, y, t) -> g.multiply(t, g.apply(SIGMOID_SLOPE, y.arg(0), y.arg(1)))),
    SOFTPLUS(Elementary::softplus, (g, y, t) -> g.multiply(t, g.apply(SIGMOID, y.arg(0), y.arg(1)))),
    SIGN(Elementary::sign),
    ABS(Math::abs, (g, y, t) -> g.multiply(t, g.apply(SIGN, y.arg(0)))),
    /** The slopes are NaN where the value is. */
    MIN(Math::min, (g, y, t) -> g.unlessNaN(y, t), (g, y, t) -> g.unlessNaN(y, t)),
    MAX(Math::max, (g, y, t) -> g.unlessNaN(y, t), (g, y, t) -> g.unlessNaN(y, t)),
    /** v where x >= 0, else NaN: keeps a slope v to the domain x of its function. */
    WITHIN(Elementary::within, null, (g, y, t) -> within(g, y.arg(0), t)),
    /** v, but 0 where y is infinite and t is 0: what is infinite contributes nothing to a function that is flat there. */
    UNLESS_INFINITE(Elementary::unlessInfinite, null, null, (g, y, t) -> withoutInfinite(g, y.arg(0), y.arg(1), t)),
    /** a b, where 0 times infinity is 0: a tangent of 0 wins over an infinite slope. NaN times anything is NaN. */
    STRONG_PRODUCT(Elementary::strongProduct, (g, y, t) -> g.strongProduct(t, y.arg(1)),
            (g, y, t) -> g.strongProduct(t, y.arg(0))),
    /** a != 0 ? b : c; the branch not taken contributes nothing, whatever its value. */
    SELECT(Elementary::select, null, (g, y, t) -> t, (g, y, t) -> t),
    LESS(Elementary::less),
    LESS_OR_EQUAL(Elementary::lessOrEqual),
    EQUAL(Elementary::equal),
    NOT_EQUAL(Elementary::notEqual),
    /** x where finite, else 0, treated as a constant: the shift of log-sum-exp, on which its value does not depend. */
    FINITE_OR_ZERO(Elementary::finiteOrZero),
    /** A power of two by which numbers are multiplied whose sum of squares x is out of range, treated as a constant; 1 for all usual x. */
    SCALE(Elementary::scale),
    /** 1/cosh^2 x, the slope of tanh, of x and {@link #EXP_MINUS_ABS} of 2x. */
    SECH_SQUARED(Elementary::sechSquared, (g, y, t) ->
            g.multiply(t, g.multiply(g.multiply(g.constant(-2), g.apply(TANH, y.arg(0))), y)));

    /** A partial derivative as a linear map: t times dy/dx for one operand x of y. */
    @FunctionalInterface
    public interface Partial {
        Node apply(Graph g, Node y, Node t);
    }

    @FunctionalInterface
    private interface TernaryOperator {
        double applyAsDouble(double a, double b, double c);
    }

    private final int arity;
    private final DoubleUnaryOperator unary;
    private final DoubleBinaryOperator binary;
    private final TernaryOperator ternary;
    private final Partial[] partials;

    Op(DoubleUnaryOperator value, Partial... partials) {
        this(1, value, null, null, partials);
    }

    Op(DoubleBinaryOperator value, Partial... partials) {
        this(2, null, value, null, partials);
    }

    Op(TernaryOperator value, Partial... partials) {
        this(3, null, null, value, partials);
    }

    Op(int arity, DoubleUnaryOperator unary, DoubleBinaryOperator binary, TernaryOperator ternary, Partial... partials) {
        this.arity = arity;
        this.unary = unary;
        this.binary = binary;
        this.ternary = ternary;
        this.partials = partials;
    }

    /** The row of the table that a node is computed by; only for elementwise nodes. */
    public static Op of(Node y) {
        return (Op) y.operation();
    }

    @Override
    public int arity() {
        return arity;
    }

    /** The value; operands beyond the arity are ignored. */
    public double value(double a, double b, double c) {
        return switch (arity) {
            case 1 -> unary.applyAsDouble(a);
            case 2 -> binary.applyAsDouble(a, b);
            case 3 -> ternary.applyAsDouble(a, b, c);
            default -> throw new AssertionError(this + " has no elementwise value");
        };
    }

    /** The partial derivative by an operand, or null where it is zero everywhere. */
    public Partial partial(int operand) {
        return operand < partials.length ? partials[operand] : null;
    }

    /**
     * Where the value is one of the operands: a node that is not zero where the given operand is the one taken. Null for
     * every other operation.
     */
    public static Node gate(Graph g, Node y, int operand) {
        return switch (of(y)) {
            case SELECT -> operand == 1 ? y.arg(0) : g.not(y.arg(0));
            case MIN -> taken(g, y.arg(operand), y.arg(1 - operand), operand);
            case MAX -> taken(g, y.arg(1 - operand), y.arg(operand), operand);
            default -> null;
        };
    }

    /**
     * 1 where min takes the lower or max the upper of two operands, and where one of them is NaN, since then so is the value: where equal,
     * the first operand is taken.
     */
    private static Node taken(Graph g, Node lower, Node upper, int operand) {
        return g.not(operand == 0 ? g.apply(LESS, upper, lower) : g.apply(LESS_OR_EQUAL, upper, lower));
    }

    /** 1/x, the slope of log x: NaN where x is negative, as the logarithm is. */
    private static Node slopeOfLog(Graph g, Node x) {
        Node inverse = g.divide(g.constant(1), x);
        return x.isNonNegative() ? inverse : g.apply(WITHIN, x, inverse);
    }

    /**
     * t b a^(b-1): as t (b y)/a, which neither over- nor underflows where the slope does not and needs no second power, where a is not 0 or b
     * is a number below 0; else by that power, and 0 where b is 0, though a^(-1) may be infinite.
     */
    private static Node powerByBase(Graph g, Node y, Node t) {
        Node base = y.arg(0);
        Node exponent = y.arg(1);
        Node quotient = g.quotient(g.multiply(t, g.multiply(exponent, y)), base);
        if (exponent.isNumber() && exponent.scalar() < 0 || isPositive(base)) {
            return quotient;
        }
        Node slope = g.multiply(exponent, g.power(base, g.subtract(exponent, g.constant(1))));
        return exponent.isConstant()
                ? g.multiply(t, slope)
                : g.select(g.apply(EQUAL, exponent, g.constant(0)), g.constant(0),
                        g.select(g.apply(EQUAL, base, g.constant(0)), g.multiply(t, slope), quotient));
    }

    /** A number above 0 plus what is not negative. */
    private static boolean isPositive(Node a) {
        for (int i = 0; i < 2 && a.operation() == ADD; i++) {
            Node number = a.arg(i);
            if (number.isNumber() && number.scalar() > 0 && a.arg(1 - i).isNonNegative()) {
                return true;
            }
        }
        return false;
    }

    /**
     * a^b log a, where a = 0 taken as 0: the limit for every b > 0. Where a constant log a is below 1 in size the slope is finite beyond
     * the last finite power: there it is a^(b-1) (a log a).
     */
    private static Node slopeInExponent(Graph g, Node y) {
        Node base = y.arg(0);
        if (base.isNumber() && Math.abs(Math.log(base.scalar())) < 1) {
            double a = base.scalar();
            return g.multiply(g.constant(a * Logarithm.log(a)), g.power(base, g.subtract(y.arg(1), g.constant(1))));
        }
        Node log = g.apply(LOG, isPositive(base) ? base : g.select(g.apply(EQUAL, base, g.constant(0)), g.constant(1), base));
        Node slope = g.multiply(y, log);
        return base.mayOverflow() ? withoutInfinite(g, base, y, slope) : slope;
    }

    /** 1 or -1, where x is 0 or NaN too. */
    public static Node unitSign(Graph g, Node x) {
        return g.select(g.apply(LESS, x, g.constant(0)), g.constant(-1), g.constant(1));
    }

    private static Node cos(Graph g, Node x) {
        return g.apply(COS, x);
    }

    private static Node cosh(Graph g, Node x) {
        return g.apply(COSH, x);
    }

    private static Node within(Graph g, Node x, Node v) {
        return g.apply(WITHIN, x, v);
    }

    private static Node withoutInfinite(Graph g, Node y, Node t, Node v) {
        return g.apply(UNLESS_INFINITE, y, t, v);
    }

    private static Node cosine(Graph g, Node a, Node b) {
        return g.apply(DIRECTION_COSINE, a, b);
    }

    /** sqrt(1 - x^2), NaN beyond 1. */
    private static Node cosineOfAsin(Graph g, Node y) {
        return g.sqrt(g.fnma(y.arg(0), y.arg(0), g.constant(1)));
    }

    /** 1/sqrt(1 + x^2). */
    private static Node cosineOfAtan(Graph g, Node y) {
        return cosine(g, g.constant(1), y.arg(0));
    }

    private static Node sine(Graph g, Node y) {
        return cosine(g, y.arg(1), y.arg(0));
    }

    private static Node radius(Graph g, Node y) {
        return g.apply(HYPOT, y.arg(0), y.arg(1));
    }

    private static Node sechSquared(Graph g, Node x) {
        return g.apply(SECH_SQUARED, x, g.apply(EXP_MINUS_ABS, g.multiply(g.constant(2), x)));
    }
}
