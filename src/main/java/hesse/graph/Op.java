package hesse.graph;

import static hesse.graph.Twins.function;
import static hesse.graph.Twins.named;

import hesse.graph.VectorCode.Compare;
import hesse.graph.VectorCode.Sequence;
import hesse.kernel.function.Elementary;
import hesse.kernel.function.ErrorFunction;
import hesse.kernel.function.Exponential;
import hesse.kernel.function.Gamma;
import hesse.kernel.function.InverseTrigonometric;
import hesse.kernel.function.Logarithm;
import hesse.kernel.function.Power;
import hesse.kernel.function.Trigonometric;
import hesse.kernel.machine.FusedMultiplyAdd;

/**
 * The elementwise operations, each a row of the table below: its twins (the scalar method, which is the reference and
 * which compiled code calls, the array kernel, the code in a region of vectors, whether formulas in text may call it),
 * where its second operand has to be a function of the first that function, and for every operand its slope, the
 * partial derivative. Everything that differentiates, evaluates, compiles or tests an elementwise operation reads this
 * table.
 *
 * <p>A slope is the linear map t -> t dy/dx. An elementwise operation has a diagonal Jacobian, so the same map carries
 * a tangent forward and an adjoint back. Rules are chosen for their range: none forms a quantity that over- or
 * underflows where t dy/dx does not (1/x is differentiated as -(t y) y, never as t y^2). Where the field uses a
 * subgradient: |x| has slope 0 at 0; min and max give the whole slope to their first operand where both are equal.
 * Where an operand lies outside the domain of a function, so that its value is NaN, the slope is NaN too.
 */
public enum Op implements Operation.Elementwise {
    ADD(function(Elementary.class, "add", 2).inPlace().vector("add"),
            (g, y, t) -> t, (g, y, t) -> t),
    SUBTRACT(function(Elementary.class, "subtract", 2).inPlace().vector("sub"),
            (g, y, t) -> t, (g, y, t) -> g.negate(t)),
    MULTIPLY(function(Elementary.class, "multiply", 2).inPlace().vector("mul"),
            (g, y, t) -> g.multiply(t, y.arg(1)), (g, y, t) -> g.multiply(t, y.arg(0))),
    DIVIDE(function(Elementary.class, "divide", 2).inPlace().vector("div"),
            (g, y, t) -> g.quotient(t, y.arg(1)),
            (g, y, t) -> g.negate(g.multiply(g.quotient(t, y.arg(1)), y))),
    /** a b + c, rounded once. */
    FMA(named(FusedMultiplyAdd.class, "fma", 3).inPlace().vector("fma"),
            (g, y, t) -> g.multiply(t, y.arg(1)), (g, y, t) -> g.multiply(t, y.arg(0)), (g, y, t) -> t),
    /** c - a b, rounded once. */
    FNMA(function(Elementary.class, "fnma", 3).inPlace().vector(Sequence.FNMA),
            (g, y, t) -> g.negate(g.multiply(t, y.arg(1))),
            (g, y, t) -> g.negate(g.multiply(t, y.arg(0))), (g, y, t) -> t),
    NEGATE(function(Elementary.class, "negate", 1).inPlace().vector("neg"),
            (g, y, t) -> g.negate(t)),
    /** The slope -1/x^2 is never formed: it leaves the range where t/x^2 does not. */
    RECIPROCAL(function(Elementary.class, "reciprocal", 1).inPlace().vector(Sequence.RECIPROCAL),
            (g, y, t) -> g.negate(g.multiply(g.multiply(t, y), y))),
    SQUARE(named(Elementary.class, "square", 1).inPlace().vector(Sequence.SQUARE),
            (g, y, t) -> g.multiply(t, g.multiply(g.constant(2), y.arg(0)))),
    /** v, which is the root of w found where w over- or underflows, too; differentiated as the root of w. */
    NORM(function(Elementary.class, "norm", 2).inPlace().vector(Sequence.FIRST),
            null, (g, y, t) -> g.multiply(t, g.quotient(g.constant(0.5), y))),
    SQRT(named(Math.class, "sqrt", 1).inPlace().vector("sqrt"),
            (g, y, t) -> g.multiply(t, g.quotient(g.constant(0.5), y))),
    CBRT(named(Power.class, "cbrt", 1).apart(),
            (g, y, t) -> g.quotient(t, g.multiply(g.constant(3), g.square(y)))),
    /** x^n for a constant integer n of at least 3 in size, or -2; of a negative one 1/x^-n, with the slope n y/x. */
    INTEGER_POWER(function(Elementary.class, "integerPower", 2).inPlace().vector(Sequence.INTEGER_POWER),
            (g, y, t) -> y.arg(1).scalar() < 0
            ? g.quotient(g.multiply(t, g.multiply(y.arg(1), y)), y.arg(0))
            : g.multiply(t, g.multiply(y.arg(1), g.power(y.arg(0), y.arg(1).scalar() - 1)))),
    POWER(named(Power.class, "pow", 2).apart(),
            Op::powerByBase, (g, y, t) -> g.multiply(t, slopeInExponent(g, y))),
    EXP(named(Exponential.class, "exp", 1).apart(),
            (g, y, t) -> g.multiply(t, y)),
    EXPM1(named(Exponential.class, "expm1", 1).apart(),
            (g, y, t) -> g.multiply(t, g.apply(EXP, y.arg(0)))),
    LOG(named(Logarithm.class, "log", 1).apart(),
            (g, y, t) -> g.multiply(t, slopeOfLog(g, y.arg(0)))),
    LOG1P(named(Logarithm.class, "log1p", 1).apart(),
            (g, y, t) -> g.multiply(t, slopeOfLog(g, g.add(g.constant(1), y.arg(0))))),
    LOG2(named(Logarithm.class, "log2", 1).apart(),
            (g, y, t) -> g.multiply(t, slopeOfLog(g, g.multiply(g.constant(0.6931471805599453), y.arg(0))))),
    LOG10(named(Logarithm.class, "log10", 1).apart(),
            (g, y, t) -> g.multiply(t, slopeOfLog(g, g.multiply(g.constant(2.302585092994046), y.arg(0))))),
    SIN(named(Trigonometric.class, "sin", 1).apart(),
            (g, y, t) -> g.multiply(t, cos(g, y.arg(0)))),
    COS(named(Trigonometric.class, "cos", 1).apart(),
            (g, y, t) -> g.negate(g.multiply(t, g.apply(SIN, y.arg(0))))),
    TAN(named(Trigonometric.class, "tan", 1).apart(),
            (g, y, t) -> g.multiply(t, g.fma(y, y, g.constant(1)))),
    ASIN(named(InverseTrigonometric.class, "asin", 1).apart(),
            (g, y, t) -> g.quotient(t, cosineOfAsin(g, y))),
    ACOS(named(InverseTrigonometric.class, "acos", 1).apart(),
            (g, y, t) -> g.negate(g.quotient(t, cosineOfAsin(g, y)))),
    ATAN(named(InverseTrigonometric.class, "atan", 1).apart(),
            (g, y, t) -> g.multiply(g.multiply(t, cosineOfAtan(g, y)), cosineOfAtan(g, y))),
    ATAN2(named(InverseTrigonometric.class, "atan2", 2).apart(),
            (g, y, t) -> g.quotient(g.multiply(t, cosine(g, y.arg(1), y.arg(0))), radius(g, y)),
            (g, y, t) -> g.negate(g.quotient(g.multiply(t, cosine(g, y.arg(0), y.arg(1))), radius(g, y)))),
    SINH(named(Exponential.class, "sinh", 1).apart(),
            (g, y, t) -> g.multiply(t, cosh(g, y.arg(0)))),
    COSH(named(Exponential.class, "cosh", 1).apart(),
            (g, y, t) -> g.multiply(t, g.apply(SINH, y.arg(0)))),
    TANH(named(Exponential.class, "tanh", 1).apart(),
            (g, y, t) -> g.multiply(t, sechSquared(g, y.arg(0)))),
    HYPOT(named(Power.class, "hypot", 2).apart(),
            (g, y, t) -> g.multiply(t, cosine(g, y.arg(0), y.arg(1))),
            (g, y, t) -> g.multiply(t, cosine(g, y.arg(1), y.arg(0)))),
    /** a/hypot(a, b), 0 where both are: the slope of hypot, scaled, which also atan and atan2 are differentiated by. */
    DIRECTION_COSINE(function(Power.class, "directionCosine", 2).apart(),
            (g, y, t) -> g.quotient(g.multiply(g.multiply(t, sine(g, y)), sine(g, y)), radius(g, y)),
            (g, y, t) -> g.negate(g.quotient(g.multiply(g.multiply(t, sine(g, y)), y), radius(g, y)))),
    ASINH(named(Elementary.class, "asinh", 1).apart(),
            (g, y, t) -> g.multiply(t, cosineOfAtan(g, y))),
    ACOSH(named(Elementary.class, "acosh", 1).apart(),
            (g, y, t) -> g.quotient(t, g.multiply(
            g.sqrt(g.subtract(y.arg(0), g.constant(1))), g.sqrt(g.add(g.constant(1), y.arg(0)))))),
    ATANH(named(Elementary.class, "atanh", 1).apart(),
            (g, y, t) -> g.multiply(t, slopeOfLog(g, g.fnma(y.arg(0), y.arg(0), g.constant(1))))),
    /** exp(-x^2). */
    GAUSSIAN(function(Elementary.class, "gaussian", 1).apart(),
            (g, y, t) -> g.multiply(t,
            g.multiply(g.constant(-2), withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /** exp(-x^2/2). */
    HALF_GAUSSIAN(function(Elementary.class, "halfGaussian", 1).apart(),
            (g, y, t) -> g.negate(g.multiply(t, withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /**
     * exp(-x^2/2)/sqrt(2 pi) of x and the second operand exp(-x^2/2), the slope of the normal distribution function.
     */
    NORMAL_DENSITY(HALF_GAUSSIAN, function(Elementary.class, "normalDensity", 2).inPlace()
            .vector(Sequence.NORMAL_DENSITY),
            (g, y, t) -> g.negate(g.multiply(t, withoutInfinite(g, y.arg(0), y, g.multiply(y.arg(0), y))))),
    /** The error functions read as second operand the Gaussian of the first, of which value and slope are made. */
    ERF(GAUSSIAN, named(ErrorFunction.class, "erf", 2).apart(),
            (g, y, t) -> g.multiply(t, g.multiply(g.constant(1.1283791670955126), y.arg(1)))),
    ERFC(GAUSSIAN, named(ErrorFunction.class, "erfc", 2).apart(),
            (g, y, t) -> g.multiply(t, g.multiply(g.constant(-1.1283791670955126), y.arg(1)))),
    NORMAL_CDF(HALF_GAUSSIAN, named(ErrorFunction.class, "normalCdf", 2).apart(),
            (g, y, t) -> g.multiply(t, g.apply(NORMAL_DENSITY, y.arg(0), y.arg(1)))),
    LGAMMA(named(Gamma.class, "lgamma", 1).apart(),
            (g, y, t) -> g.multiply(t, g.polygamma(0, y.arg(0)))),
    /** The derivative of digamma of a constant order: polygamma(order, x). */
    POLYGAMMA(function(Gamma.class, "polygamma", 2).apart(),
            null, (g, y, t) -> g.multiply(t, g.polygamma((int) y.arg(0).scalar() + 1, y.arg(1)))),
    /** exp(-|x|), of which the sigmoid and its family are made; read as their second operand, never differentiated. */
    EXP_MINUS_ABS(function(Elementary.class, "expMinusAbs", 1).apart()),
    /** The slope of the sigmoid: its own slope is -tanh(x/2) times it. */
    SIGMOID_SLOPE(EXP_MINUS_ABS, function(Elementary.class, "sigmoidSlope", 2).inPlace().vector(Sequence.SIGMOID_SLOPE),
            (g, y, t) -> g.negate(g.multiply(t, g.multiply(g.apply(TANH, g.multiply(g.constant(0.5), y.arg(0))), y)))),
    SIGMOID(EXP_MINUS_ABS, named(Elementary.class, "sigmoid", 2).inPlace().vector(Sequence.SIGMOID),
            (g, y, t) -> g.multiply(t, g.apply(SIGMOID_SLOPE, y.arg(0), y.arg(1)))),
    SOFTPLUS(EXP_MINUS_ABS, named(Elementary.class, "softplus", 2).apart(),
            (g, y, t) -> g.multiply(t, g.apply(SIGMOID, y.arg(0), y.arg(1)))),
    SIGN(named(Elementary.class, "sign", 1).inPlace().vector(Sequence.SIGN)),
    ABS(named(Math.class, "abs", 1).inPlace().vector("abs"),
            (g, y, t) -> g.multiply(t, g.apply(SIGN, y.arg(0)))),
    /** The slopes are NaN where the value is. */
    MIN(named(Math.class, "min", 2).inPlace().vector("min"),
            (g, y, t) -> g.unlessNaN(y, t), (g, y, t) -> g.unlessNaN(y, t)),
    MAX(named(Math.class, "max", 2).inPlace().vector("max"),
            (g, y, t) -> g.unlessNaN(y, t), (g, y, t) -> g.unlessNaN(y, t)),
    /** v where x >= 0, else NaN: keeps a slope v to the domain x of its function. */
    WITHIN(function(Elementary.class, "within", 2).inPlace().vector(Sequence.WITHIN),
            null, (g, y, t) -> within(g, y.arg(0), t)),
    /**
     * v, but 0 where y is infinite and t is 0: what is infinite contributes nothing to a function that is flat there.
     */
    UNLESS_INFINITE(function(Elementary.class, "unlessInfinite", 3).inPlace().vector(Sequence.UNLESS_INFINITE),
            null, null, (g, y, t) -> withoutInfinite(g, y.arg(0), y.arg(1), t)),
    /** a b, where 0 times infinity is 0: a tangent of 0 wins over an infinite slope. NaN times anything is NaN. */
    STRONG_PRODUCT(function(Elementary.class, "strongProduct", 2).inPlace().vector(Sequence.STRONG_PRODUCT),
            (g, y, t) -> g.strongProduct(t, y.arg(1)),
            (g, y, t) -> g.strongProduct(t, y.arg(0))),
    /** a != 0 ? b : c; the branch not taken contributes nothing, whatever its value. */
    SELECT(named(Elementary.class, "select", 3).inPlace().vector(Sequence.SELECT),
            null, (g, y, t) -> t, (g, y, t) -> t),
    LESS(function(Elementary.class, "less", 2).inPlace().vector(new Compare("LT"))),
    LESS_OR_EQUAL(function(Elementary.class, "lessOrEqual", 2).inPlace().vector(new Compare("LE"))),
    EQUAL(function(Elementary.class, "equal", 2).inPlace().vector(new Compare("EQ"))),
    NOT_EQUAL(function(Elementary.class, "notEqual", 2).inPlace().vector(new Compare("NE"))),
    /** x where finite, else 0, treated as a constant: the shift of log-sum-exp, on which its value does not depend. */
    FINITE_OR_ZERO(function(Elementary.class, "finiteOrZero", 1)),
    /**
     * A power of two by which numbers are multiplied whose sum of squares x is out of range, treated as a constant; 1
     * for all usual x.
     */
    SCALE(function(Elementary.class, "scale", 1)),
    /** 1/cosh^2 x, the slope of tanh, of x and {@link #EXP_MINUS_ABS} of 2x. */
    SECH_SQUARED(function(Elementary.class, "sechSquared", 2).inPlace().vector(Sequence.SECH_SQUARED),
            (g, y, t) -> g.multiply(t, g.multiply(g.multiply(g.constant(-2), g.apply(TANH, y.arg(0))), y)));

    /** A partial derivative as a linear map: t times dy/dx for one operand x of y. */
    @FunctionalInterface
    public interface Slope {
        Node apply(Graph g, Node y, Node t);
    }

    private final Op companion;
    private final Twins twins;
    private final Slope[] slopes;

    Op(Twins twins, Slope... slopes) {
        this(null, twins, slopes);
    }

    Op(Op companion, Twins twins, Slope... slopes) {
        this.companion = companion;
        this.twins = twins;
        this.slopes = slopes;
    }

    /** The row of the table that a node is computed by; only for elementwise nodes. */
    public static Op of(Node y) {
        return (Op) y.operation();
    }

    @Override
    public int arity() {
        return twins.arity();
    }

    @Override
    public boolean commutes() {
        return this == ADD || this == MULTIPLY || this == FMA || this == FNMA || this == STRONG_PRODUCT;
    }

    @Override
    public double value(double a, double b, double c) {
        return twins.value(a, b, c);
    }

    /** The name by which formulas in text call it, or null where they cannot. */
    public String text() {
        return twins.isNamed() ? twins.method() : null;
    }

    /** The operation of the first operand that the second operand has to be, or null where it is free. */
    public Op companion() {
        return companion;
    }

    /** The class of the scalar twin. */
    public Class<?> owner() {
        return twins.owner();
    }

    /** The name of the scalar twin, a static method of {@link #arity} doubles of the {@link #owner}. */
    public String method() {
        return twins.method();
    }

    /** The loop over blocks, or null where there is none, and {@link #value} of every entry takes its place. */
    public ArrayKernel array() {
        return twins.array();
    }

    /** How a region of vectors writes it, or null where it does not become part of one. */
    public VectorCode vector() {
        return twins.vector();
    }

    /** The partial derivative by an operand, or null where it is zero everywhere. */
    public Slope slope(int operand) {
        return operand < slopes.length ? slopes[operand] : null;
    }

    /**
     * Where the value is one of the operands: a node that is not zero where the given operand is the one taken. Null
     * for every other operation.
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
     * 1 where min takes the lower or max the upper of two operands, and where one of them is NaN, since then so is the
     * value: where equal, the first operand is taken.
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
     * t b a^(b-1): as t (b y)/a, which neither over- nor underflows where the slope does not and needs no second power,
     * where a is not 0 or b is a number below 0; else by that power, and 0 where b is 0, though a^(-1) may be infinite.
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
     * a^b log a, where a = 0 taken as 0: the limit for every b > 0. Where a constant log a is below 1 in size the slope
     * is finite beyond the last finite power: there it is a^(b-1) (a log a).
     */
    private static Node slopeInExponent(Graph g, Node y) {
        Node base = y.arg(0);
        if (base.isNumber() && Math.abs(Math.log(base.scalar())) < 1) {
            double a = base.scalar();
            return g.multiply(g.constant(a * Logarithm.log(a)), g.power(base, g.subtract(y.arg(1), g.constant(1))));
        }
        Node log = g.apply(LOG, isPositive(base) ? base
                : g.select(g.apply(EQUAL, base, g.constant(0)), g.constant(1), base));
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
