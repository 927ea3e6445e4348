package hesse.tier;

import hesse.graph.Op;
import hesse.kernel.Arithmetic;
import hesse.kernel.function.Elementary;
import hesse.kernel.function.Elementwise;
import hesse.kernel.function.ElementwiseOfTwo;

/** Elementwise operations on blocks of one array, each one SIMD loop; results may overwrite operands. */
final class BlockOperations {
    /** Where the scratch blocks start: copies of operands, and what functions are made of. */
    private final int scratch;
    private final int size;

    BlockOperations(int scratch, int size) {
        this.scratch = scratch;
        this.size = size;
    }

    /** An elementwise operation of n entries, a multiple of the block size where it is a function. */
    void apply(Op op, double[] d, int to, int a, int b, int c, int n) {
        switch (op) {
            case ADD -> Arithmetic.add(d, to, a, b, n);
            case SUBTRACT -> Arithmetic.subtract(d, to, a, b, n);
            case MULTIPLY -> Arithmetic.multiply(d, to, a, b, n);
            case DIVIDE -> Arithmetic.divide(d, to, a, b, n);
            case FMA -> Arithmetic.fma(d, to, a, b, c, n);
            case FNMA -> Arithmetic.fnma(d, to, a, b, c, n);
            case NEGATE -> Arithmetic.negate(d, to, a, n);
            case RECIPROCAL -> Arithmetic.reciprocal(d, to, a, n);
            case SQUARE -> Arithmetic.square(d, to, a, n);
            case SQRT -> Arithmetic.sqrt(d, to, a, n);
            case ABS -> Arithmetic.abs(d, to, a, n);
            case MIN -> Arithmetic.min(d, to, a, b, n);
            case MAX -> Arithmetic.max(d, to, a, b, n);
            case SELECT -> Arithmetic.select(d, to, a, b, c, n);
            case LESS -> Arithmetic.less(d, to, a, b, n);
            case LESS_OR_EQUAL -> Arithmetic.lessOrEqual(d, to, a, b, n);
            case EQUAL -> Arithmetic.equal(d, to, a, b, n);
            case STRONG_PRODUCT -> Arithmetic.strongProduct(d, to, a, b, n);
            case NORM -> System.arraycopy(d, a, d, to, n);
            case UNLESS_INFINITE -> Arithmetic.unlessInfinite(d, to, a, b, c, n);
            case WITHIN -> Arithmetic.within(d, to, a, b, n);
            case NOT_EQUAL -> Arithmetic.notEqual(d, to, a, b, n);
            case SIGN -> Arithmetic.sign(d, to, a, n);
            case SIGMOID -> Arithmetic.sigmoid(d, to, a, b, n);
            case SIGMOID_SLOPE -> Arithmetic.sigmoidSlope(d, to, b, n);
            case SECH_SQUARED -> {
                Arithmetic.sigmoidSlope(d, to, b, n);
                Arithmetic.scale(d, to, 4, to, n);
            }
            case NORMAL_DENSITY -> Arithmetic.scale(d, to, Elementary.INVERSE_SQRT_2_PI, b, n);
            case INTEGER_POWER -> Arithmetic.power(d, to, a, (int) d[b], n);
            default -> function(op, d, to, a, b, c, n);
        }
    }

    /** Functions of a block at a time. */
    private void function(Op op, double[] d, int to, int a, int b, int c, int n) {
        for (int i = 0; i < n; i += size) {
            int out = to + i;
            int x = apart(d, a + i, out, scratch);
            int y = op.arity() == 1 ? x : apart(d, b + i, out, scratch + size);
            switch (op) {
                case EXP -> Elementwise.exp(d, x, d, out, size);
                case EXPM1 -> Elementwise.expm1(d, x, d, out, size);
                case LOG -> Elementwise.log(d, x, d, out, size);
                case LOG1P -> Elementwise.log1p(d, x, d, out, size);
                case SIN -> Elementwise.sin(d, x, d, out, size);
                case COS -> Elementwise.cos(d, x, d, out, size);
                case TAN -> Elementwise.tan(d, x, d, out, size);
                case ASIN -> Elementwise.asin(d, x, d, out, size);
                case ACOS -> Elementwise.acos(d, x, d, out, size);
                case ATAN -> Elementwise.atan(d, x, d, out, size);
                case TANH -> Elementwise.tanh(d, x, d, out, size);
                case CBRT -> Elementwise.cbrt(d, x, d, out, size);
                case LOG2 -> Elementwise.log2(d, x, d, out, size);
                case LOG10 -> Elementwise.log10(d, x, d, out, size);
                case SINH -> Elementwise.sinh(d, x, d, out, size);
                case COSH -> Elementwise.cosh(d, x, d, out, size);
                case ASINH -> Elementwise.asinh(d, x, d, out, size);
                case ACOSH -> Elementwise.acosh(d, x, d, out, size);
                case ATANH -> Elementwise.atanh(d, x, d, out, size);
                case GAUSSIAN -> Elementwise.gaussian(d, x, d, out, size);
                case HALF_GAUSSIAN -> Elementwise.halfGaussian(d, x, d, out, size);
                case ERF -> Elementwise.erf(d, x, d, y, d, out, size);
                case ERFC -> Elementwise.erfc(d, x, d, y, d, out, size);
                case SOFTPLUS -> Elementwise.softplus(d, x, d, y, d, out, size);
                case NORMAL_CDF -> Elementwise.normalCdf(d, x, d, y, d, out, size);
                case POWER -> ElementwiseOfTwo.pow(d, x, d, y, d, out, size);
                case ATAN2 -> ElementwiseOfTwo.atan2(d, x, d, y, d, out, size);
                case HYPOT -> ElementwiseOfTwo.hypot(d, x, d, y, d, out, size);
                case DIRECTION_COSINE -> ElementwiseOfTwo.directionCosine(d, x, d, y, d, out, size);
                case LGAMMA -> Elementwise.lgamma(d, x, d, out, size);
                case POLYGAMMA -> Elementwise.polygamma((int) d[x], d, y, d, out, size);
                case EXP_MINUS_ABS -> {
                    Arithmetic.minusSize(d, scratch, x, size);
                    Elementwise.exp(d, scratch, d, out, size);
                }
                default -> {
                    for (int k = 0; k < size; k++) {
                        d[out + k] = op.value(d[x + k], d[b + i + k], d[c + i + k]);
                    }
                }
            }
        }
    }

    /** Where a block can be read while the result is written: where it is, or in a copy of what the result overwrites. */
    private int apart(double[] d, int block, int out, int copy) {
        if (Math.abs(block - out) >= size) {
            return block;
        }
        System.arraycopy(d, block, d, copy, size);
        return copy;
    }
}
