package hesse.graph;

/**
 * What is known of a node's values from its operation and its operands alone, before anything is computed.
 *
 * @param nonNegative whether every entry is NaN or has no sign: it is +0 at least
 * @param growth how fast a value can grow with the point: 0 if it is bounded, its degree where it is a polynomial of the point, and
 *     {@link #UNBOUNDED} where a finite point of everyday size may make it infinite, as of exponentials, powers and reciprocals
 * @param ofData whether data and the point are added up in it, so that it is infinite where a datum is, as the bound of a censored one
 */
record Range(boolean nonNegative, int growth, boolean ofData) {
    private static final int UNBOUNDED = 9;
    /** Polynomials up to this degree overflow beyond 10^77 only, and count as finite. */
    private static final int TAME = 4;
    private static final Range[] ALL = new Range[4 * (UNBOUNDED + 1)];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Range(i % 2 == 1, i / 4, i / 2 % 2 == 1);
        }
    }

    /** Whether a value may be infinite at a finite point of everyday size, and a slope that is multiplied by it too. */
    boolean mayOverflow() {
        return growth > TAME;
    }

    static Range of(Op op, Object attribute, Node... args) {
        int growth = Math.clamp(growth(op, attribute, args), 0, UNBOUNDED);
        return ALL[4 * growth + (isOfData(op, attribute, args) ? 2 : 0) + (isNonNegative(op, attribute, args) ? 1 : 0)];
    }

    private static boolean isNonNegative(Op op, Object attribute, Node[] args) {
        return switch (op) {
            case CONSTANT -> ((Values) attribute).isNonNegative();
            case SQUARE, ABS, EXP, COSH, ACOSH, HYPOT, GAUSSIAN, HALF_GAUSSIAN, NORMAL_DENSITY, NORMAL_CDF, ERFC, SIGMOID, SIGMOID_SLOPE,
                    SECH_SQUARED, SOFTPLUS, EXP_MINUS_ABS, SCALE, LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> true;
            case INTEGER_POWER -> args[1].scalar() % 2 == 0 || args[0].range().nonNegative;
            case POWER, SQRT, NORM, CBRT, RECIPROCAL, EXPM1, LOG1P, SINH, TANH, ASINH, ATAN, ASIN, SIGN, FINITE_OR_ZERO -> args[0].range().nonNegative;
            case ADD, MULTIPLY, DIVIDE, MIN, FMA, ASSEMBLE, BROADCAST, VIEW, PERMUTE, SUM, LARGEST -> all(args, 0)
                    || op == Op.FMA && args[0] == args[1] && args[2].range().nonNegative;
            case SELECT, WITHIN -> all(args, 1);
            case UNLESS_INFINITE -> args[2].range().nonNegative;
            case MAX -> args[0].range().nonNegative || args[1].range().nonNegative;
            case PRODUCT -> all(args, 0) || isInnerProductWithItself(args);
            default -> false;
        };
    }

    private static boolean all(Node[] args, int from) {
        for (int i = from; i < args.length; i++) {
            if (!args[i].range().nonNegative) {
                return false;
            }
        }
        return true;
    }

    /** x'x of one vector, as a row and as a column. */
    private static boolean isInnerProductWithItself(Node[] args) {
        Node left = args[0].op() == Op.VIEW && args[0].integer() == 0 ? args[0].arg(0) : args[0];
        Node right = args[1].op() == Op.VIEW && args[1].integer() == 0 ? args[1].arg(0) : args[1];
        return left == right && args[0].size() == left.size() && args[1].size() == left.size()
                && args[0].shape().extent(0) == 1 && args[1].shape().extent(1) == 1;
    }

    private static boolean isOfData(Op op, Object attribute, Node[] args) {
        if (op == Op.CONSTANT) {
            return ((Values) attribute).hasInfinite();
        }
        boolean some = false;
        boolean column = false;
        boolean point = false;
        for (Node arg : args) {
            some |= arg.range().ofData;
            column |= arg.op() == Op.INPUT && arg.range().growth == 0 || arg.op() == Op.VIEW && arg.arg(0).op() == Op.INPUT && arg.range().growth == 0;
            point |= arg.range().growth > 0;
        }
        return some || (op == Op.ADD || op == Op.SUBTRACT) && column && point;
    }

    private static int growth(Op op, Object attribute, Node[] args) {
        return switch (op) {
            case INPUT -> ((Input) attribute).kind() == Input.Kind.POINT ? 1 : 0;
            case CONSTANT, SIN, COS, ATAN, ATAN2, ASIN, ACOS, TANH, SIGMOID, SIGMOID_SLOPE, SECH_SQUARED, ERF, ERFC, NORMAL_CDF,
                    NORMAL_DENSITY, GAUSSIAN, HALF_GAUSSIAN, EXP_MINUS_ABS, SIGN, DIRECTION_COSINE, SCALE,
                    LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> 0;
            case EXP, EXPM1 -> isNonPositive(args[0]) ? 0 : UNBOUNDED;
            case SINH, COSH, TAN, POWER, LGAMMA, POLYGAMMA, RECIPROCAL -> UNBOUNDED;
            case INTEGER_POWER -> args[0].range().growth == 0 && args[1].scalar() > 0 ? 0 : UNBOUNDED;
            default -> degree(op, args);
        };
    }

    private static int degree(Op op, Node[] args) {
        return switch (op) {
            case SQUARE -> args[0].range().growth < 2 ? 2 * args[0].range().growth : UNBOUNDED;
            case MULTIPLY, PRODUCT -> args[0].range().growth + args[1].range().growth;
            case DIVIDE -> args[0].range().growth;
            case FMA, FNMA -> Math.max(args[0].range().growth + args[1].range().growth, args[2].range().growth);
            default -> {
                int largest = 0;
                for (Node arg : args) {
                    largest = Math.max(largest, arg.range().growth);
                }
                yield largest;
            }
        };
    }

    /** -u of a u that is not negative, or x less the largest of all x. */
    private static boolean isNonPositive(Node x) {
        return x.op() == Op.NEGATE && x.arg(0).range().nonNegative || x.op() == Op.SUBTRACT && x.arg(1).op() == Op.FINITE_OR_ZERO;
    }
}
