package hesse;

import hesse.graph.Op;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The functions of a body, made for {@code import static}. All are elementwise unless they say otherwise; two-operand
 * forms broadcast. exp, expm1, log, log1p, sin, cos, tan, asin, acos, atan, tanh, cbrt and pow are within 1 ulp, the
 * others within a few; derivatives are exact to rounding, over the whole range of their arguments, wherever the
 * derivatives by all partial results are within the range of doubles, too: of x/(1 + exp(-x)) at -400 the one by the
 * denominator, 10^-345, is not, and a slope of 10^-171 is lost.
 *
 * <p>Where a derivative does not exist: |x| has slope 0 at 0, but 1 within second derivatives, so that even functions
 * of |x| have theirs; min and max give the slope to their first operand where both are equal; the square and higher
 * powers of sqrt, hypot and norm2 are differentiated without the root. A {@code select} takes nothing from the branch
 * that is not taken, not even NaN, and a function that levels off takes nothing from an operand that has overflowed:
 * 1/(1 + exp(-x)) has slope 0 at -800. Where a value is NaN since an operand lies outside the domain, so is the slope
 * by that operand.
 */
public final class Functions {
    /** The operations of {@link #named}, by their names. */
    private static final Map<String, Op> NAMED = new LinkedHashMap<>();

    static {
        for (Op op : Op.values()) {
            if (op.text() != null) {
                NAMED.put(op.text(), op);
            }
        }
    }

    private Functions() {}

    public static Expr exp(Expr x) {
        return Expr.apply(Op.EXP, x);
    }

    /** exp(x) - 1, accurate near 0. */
    public static Expr expm1(Expr x) {
        return Expr.apply(Op.EXPM1, x);
    }

    /** The natural logarithm. */
    public static Expr log(Expr x) {
        return Expr.apply(Op.LOG, x);
    }

    /** log(1 + x), accurate near 0. */
    public static Expr log1p(Expr x) {
        return Expr.apply(Op.LOG1P, x);
    }

    public static Expr log2(Expr x) {
        return Expr.apply(Op.LOG2, x);
    }

    public static Expr log10(Expr x) {
        return Expr.apply(Op.LOG10, x);
    }

    public static Expr sqrt(Expr x) {
        return Expr.apply(Op.SQRT, x);
    }

    /** The real cube root, also of negative numbers. */
    public static Expr cbrt(Expr x) {
        return Expr.apply(Op.CBRT, x);
    }

    public static Expr square(Expr x) {
        return Expr.apply(Op.SQUARE, x);
    }

    /** x^y; see {@link Expr#pow(Expr)}. */
    public static Expr pow(Expr x, Expr y) {
        return x.pow(y);
    }

    /** x^y; see {@link Expr#pow(double)}. */
    public static Expr pow(Expr x, double y) {
        return x.pow(y);
    }

    public static Expr sin(Expr x) {
        return Expr.apply(Op.SIN, x);
    }

    public static Expr cos(Expr x) {
        return Expr.apply(Op.COS, x);
    }

    public static Expr tan(Expr x) {
        return Expr.apply(Op.TAN, x);
    }

    public static Expr asin(Expr x) {
        return Expr.apply(Op.ASIN, x);
    }

    public static Expr acos(Expr x) {
        return Expr.apply(Op.ACOS, x);
    }

    public static Expr atan(Expr x) {
        return Expr.apply(Op.ATAN, x);
    }

    /** The angle of the point (x, y), from -pi to pi. */
    public static Expr atan2(Expr y, Expr x) {
        return Expr.apply(Op.ATAN2, y, x);
    }

    public static Expr sinh(Expr x) {
        return Expr.apply(Op.SINH, x);
    }

    public static Expr cosh(Expr x) {
        return Expr.apply(Op.COSH, x);
    }

    public static Expr tanh(Expr x) {
        return Expr.apply(Op.TANH, x);
    }

    public static Expr asinh(Expr x) {
        return Expr.apply(Op.ASINH, x);
    }

    public static Expr acosh(Expr x) {
        return Expr.apply(Op.ACOSH, x);
    }

    public static Expr atanh(Expr x) {
        return Expr.apply(Op.ATANH, x);
    }

    /** The error function (2/sqrt pi) int_0^x exp(-t^2) dt. */
    public static Expr erf(Expr x) {
        return Expr.function(Op.ERF, x);
    }

    /** 1 - erf(x) without cancellation. */
    public static Expr erfc(Expr x) {
        return Expr.function(Op.ERFC, x);
    }

    /** The standard normal distribution function. */
    public static Expr normalCdf(Expr x) {
        return Expr.function(Op.NORMAL_CDF, x);
    }

    /**
     * log(normalCdf(x)) also where the distribution function underflows: below -20 by the asymptotic series of
     * Abramowitz and Stegun 26.2.12, with which value and derivatives are exact to rounding down to -10^154.
     */
    public static Expr logNormalCdf(Expr x) {
        Expr tail = logOfTail(x.square().reciprocal()).minus(x.square().times(0.5))
                .minus(log(x.times(-Math.sqrt(2 * Math.PI))));
        return select(lessThan(x, -20), tail, log(normalCdf(x)));
    }

    /** log(erfc(x)) also where erfc underflows: beyond 14.5 by the series of {@link #logNormalCdf}. */
    public static Expr logErfc(Expr x) {
        Expr tail = logOfTail(x.square().times(2).reciprocal()).minus(x.square())
                .minus(log(x.times(Math.sqrt(Math.PI))));
        return select(greaterThan(x, 14.5), tail, log(erfc(x)));
    }

    /** log(1 - u + 3 u^2 - 15 u^3 + ...), exact to rounding for u up to 1/20^2. */
    private static Expr logOfTail(Expr u) {
        Expr sum = Expr.constant(654729075);
        for (double coefficient : new double[] {-34459425, 2027025, -135135, 10395, -945, 105, -15, 3, -1}) {
            sum = sum.times(u).plus(coefficient);
        }
        return log1p(sum.times(u));
    }

    /** log |Gamma(x)|. */
    public static Expr lgamma(Expr x) {
        return Expr.apply(Op.LGAMMA, x);
    }

    /** The derivative of {@link #lgamma}. */
    public static Expr digamma(Expr x) {
        return x.build((g, a) -> g.polygamma(0, a));
    }

    /** 1/(1 + exp(-x)). */
    public static Expr sigmoid(Expr x) {
        return Expr.function(Op.SIGMOID, x);
    }

    /** log(1 + exp x) without overflow. */
    public static Expr softplus(Expr x) {
        return Expr.function(Op.SOFTPLUS, x);
    }

    public static Expr abs(Expr x) {
        return Expr.apply(Op.ABS, x);
    }

    /** -1, 0 or 1; its derivative is 0. */
    public static Expr sign(Expr x) {
        return Expr.apply(Op.SIGN, x);
    }

    /** The smaller one, as {@link Math#min(double, double)}. */
    public static Expr min(Expr a, Expr b) {
        return Expr.apply(Op.MIN, a, b);
    }

    public static Expr min(Expr a, double b) {
        return min(a, Expr.constant(b));
    }

    /** The larger one, as {@link Math#max(double, double)}. */
    public static Expr max(Expr a, Expr b) {
        return Expr.apply(Op.MAX, a, b);
    }

    public static Expr max(Expr a, double b) {
        return max(a, Expr.constant(b));
    }

    /**
     * sqrt(a^2 + b^2) without overflow. At the origin its gradient is 0 and its Hessian NaN, as are Hessians of what is
     * smooth there but no power of it, such as the Matern functions of a distance.
     */
    public static Expr hypot(Expr a, Expr b) {
        return Expr.apply(Op.HYPOT, a, b);
    }

    /** a b + c, rounded once. */
    public static Expr fma(Expr a, Expr b, Expr c) {
        return Expr.apply(Op.FMA, a, b, c);
    }

    // ---- conditions: 1 where true, 0 where false or where an operand is NaN ----

    /** a where the condition is not 0, b where it is. */
    public static Expr select(Expr condition, Expr a, Expr b) {
        return Expr.apply(Op.SELECT, condition, a, b);
    }

    public static Expr select(Expr condition, Expr a, double b) {
        return select(condition, a, Expr.constant(b));
    }

    public static Expr select(Expr condition, double a, Expr b) {
        return select(condition, Expr.constant(a), b);
    }

    public static Expr lessThan(Expr a, Expr b) {
        return Expr.apply(Op.LESS, a, b);
    }

    public static Expr lessThan(Expr a, double b) {
        return lessThan(a, Expr.constant(b));
    }

    public static Expr lessOrEqual(Expr a, Expr b) {
        return Expr.apply(Op.LESS_OR_EQUAL, a, b);
    }

    public static Expr lessOrEqual(Expr a, double b) {
        return lessOrEqual(a, Expr.constant(b));
    }

    public static Expr greaterThan(Expr a, Expr b) {
        return lessThan(b, a);
    }

    public static Expr greaterThan(Expr a, double b) {
        return greaterThan(a, Expr.constant(b));
    }

    public static Expr greaterOrEqual(Expr a, Expr b) {
        return lessOrEqual(b, a);
    }

    public static Expr greaterOrEqual(Expr a, double b) {
        return greaterOrEqual(a, Expr.constant(b));
    }

    public static Expr equalTo(Expr a, Expr b) {
        return Expr.apply(Op.EQUAL, a, b);
    }

    public static Expr equalTo(Expr a, double b) {
        return equalTo(a, Expr.constant(b));
    }

    /** 1 also where an operand is NaN. */
    public static Expr notEqualTo(Expr a, Expr b) {
        return Expr.apply(Op.NOT_EQUAL, a, b);
    }

    public static Expr notEqualTo(Expr a, double b) {
        return notEqualTo(a, Expr.constant(b));
    }

    // ---- functions by name, for formulas read from a text ----

    /** The names of the elementwise functions, and of each the number of its operands, in a fixed order. */
    public static Map<String, Integer> named() {
        Map<String, Integer> operands = new LinkedHashMap<>();
        NAMED.forEach((name, op) -> operands.put(name, free(op)));
        return operands;
    }

    /**
     * The elementwise function of a name: {@code named("exp", x)} is {@code exp(x)}.
     *
     * @throws IllegalArgumentException where there is none of that name, or one of another number of operands
     */
    public static Expr named(String name, Expr... operands) {
        Op op = NAMED.get(name);
        if (op == null) {
            throw new IllegalArgumentException("no function is called " + name + "; there are " + NAMED.keySet());
        }
        if (operands.length != free(op)) {
            throw new IllegalArgumentException(name + " takes " + free(op) + " operands, found " + operands.length);
        }
        return Expr.function(op, operands);
    }

    /** How many operands its caller chooses. */
    private static int free(Op op) {
        return op.companion() == null ? op.arity() : 1;
    }

    // ---- contractions ----

    /** The sum of all entries. */
    public static Expr sum(Expr x) {
        return x.sum();
    }

    /** The sums along an axis, which disappears. */
    public static Expr sum(Expr x, int axis) {
        return x.sum(axis);
    }

    /** The mean of all entries. */
    public static Expr mean(Expr x) {
        return x.sum().dividedBy(x.size());
    }

    /** The means along an axis, which disappears. */
    public static Expr mean(Expr x, int axis) {
        x.requireAxis(axis);
        return x.sum(axis).dividedBy(x.shape()[axis]);
    }

    /** The inner product of two vectors; of anything else {@link Expr#matmul}. */
    public static Expr dot(Expr a, Expr b) {
        return a.dot(b);
    }

    /** The product of matrices and vectors; see {@link Expr#matmul}. */
    public static Expr matmul(Expr a, Expr b) {
        return a.matmul(b);
    }

    /**
     * The Euclidean norm of all entries, scaled so that no square over- or underflows. Its derivative at 0 is NaN;
     * functions of its square and higher powers have theirs.
     */
    public static Expr norm2(Expr x) {
        Expr squares = x.build((g, a) -> g.dot(a, a));
        Expr scale = Expr.apply(Op.SCALE, squares);
        Expr scaled = x.times(scale).build((g, a) -> g.sqrt(g.dot(a, a)));
        return Expr.apply(Op.NORM, scaled.times(scale.reciprocal()), squares);
    }

    /** log sum exp of all entries, shifted by the largest so that nothing overflows. */
    public static Expr logSumExp(Expr x) {
        Expr shift = shift(x);
        Expr sum = exp(x.minus(shift)).sum();
        // The sum is 0 where all entries are -infinity: then the logarithm is taken of 1, so that its slope is finite
        // and the gradient 0.
        Expr empty = equalTo(sum, 0);
        return log(sum.plus(empty)).plus(select(empty, Expr.constant(Double.NEGATIVE_INFINITY), shift));
    }

    /** exp(x)/sum exp(x) over all entries, shifted by the largest so that nothing overflows. */
    public static Expr softmax(Expr x) {
        Expr e = exp(x.minus(shift(x)));
        return e.dividedBy(e.sum());
    }

    private static Expr shift(Expr x) {
        Expr flat = x.reshape(x.size());
        return Expr.apply(Op.FINITE_OR_ZERO, flat.build((g, a) -> g.largest(a, 0)));
    }

    /** See {@link Expr#stack}. */
    public static Expr stack(Expr... parts) {
        return Expr.stack(parts);
    }

    /** See {@link Expr#concat}. */
    public static Expr concat(Expr... parts) {
        return Expr.concat(parts);
    }
}
