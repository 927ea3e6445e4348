package hesse.graph;

import static hesse.graph.Range.UNBOUNDED;

/** The {@link Range} of an operation's values, from those of its operands. */
final class Ranges {
    private Ranges() {}

    static Range of(Operation operation, Node[] args) {
        return Range.of(isNonNegative(operation, args), growth(operation, args), isOfData(operation, args));
    }

    private static boolean isNonNegative(Operation operation, Node[] args) {
        return switch (operation) {
            case Operation.Elementwise op -> isNonNegative((Op) op, args);
            case Operation.Constant(Values values) -> values.isNonNegative();
            case Operation.Assemble _, Operation.Broadcast _, Operation.View _, Operation.Permute _, Operation.Sum _,
                    Operation.Largest _ -> all(args, 0);
            case Operation.Product _ -> all(args, 0) || isInnerProductWithItself(args);
            case Input _ -> false;
        };
    }

    private static boolean isNonNegative(Op op, Node[] args) {
        return switch (op) {
            case SQUARE, ABS, EXP, COSH, ACOSH, HYPOT, GAUSSIAN, HALF_GAUSSIAN, NORMAL_DENSITY, NORMAL_CDF, ERFC,
                    SIGMOID, SIGMOID_SLOPE, SECH_SQUARED, SOFTPLUS, EXP_MINUS_ABS, SCALE, LESS, LESS_OR_EQUAL, EQUAL,
                    NOT_EQUAL -> true;
            case INTEGER_POWER -> args[1].scalar() % 2 == 0 || args[0].isNonNegative();
            case POWER, SQRT, NORM, CBRT, RECIPROCAL, EXPM1, LOG1P, SINH, TANH, ASINH, ATAN, ASIN, SIGN,
                    FINITE_OR_ZERO -> args[0].isNonNegative();
            case ADD, MULTIPLY, DIVIDE, MIN -> all(args, 0);
            case FMA -> all(args, 0) || args[0] == args[1] && args[2].isNonNegative();
            case SELECT, WITHIN -> all(args, 1);
            case UNLESS_INFINITE -> args[2].isNonNegative();
            case MAX -> args[0].isNonNegative() || args[1].isNonNegative();
            default -> false;
        };
    }

    private static boolean all(Node[] args, int from) {
        for (int i = from; i < args.length; i++) {
            if (!args[i].isNonNegative()) {
                return false;
            }
        }
        return true;
    }

    /** x'x of one vector, as a row and as a column. */
    private static boolean isInnerProductWithItself(Node[] args) {
        Node left = args[0].offsetInOwner() == 0 ? args[0].owner() : args[0];
        Node right = args[1].offsetInOwner() == 0 ? args[1].owner() : args[1];
        return left == right && args[0].size() == left.size() && args[1].size() == left.size()
                && args[0].shape().extent(0) == 1 && args[1].shape().extent(1) == 1;
    }

    private static boolean isOfData(Operation operation, Node[] args) {
        if (operation instanceof Operation.Constant(Values values)) {
            return values.hasInfinite();
        }
        boolean some = false;
        boolean column = false;
        boolean point = false;
        for (Node arg : args) {
            some |= arg.isOfData();
            column |= arg.owner().operation() instanceof Input && arg.range().growth() == 0;
            point |= arg.range().growth() > 0;
        }
        return some || (operation == Op.ADD || operation == Op.SUBTRACT) && column && point;
    }

    private static int growth(Operation operation, Node[] args) {
        return switch (operation) {
            case Operation.Elementwise op -> growth((Op) op, args);
            case Input(Input.Role kind, int _) -> kind == Input.Role.POINT ? 1 : 0;
            case Operation.Constant _ -> 0;
            case Operation.Product _ -> args[0].range().growth() + args[1].range().growth();
            case Operation.Assemble _, Operation.Broadcast _, Operation.View _, Operation.Permute _, Operation.Sum _,
                    Operation.Largest _ -> largest(args);
        };
    }

    private static int growth(Op op, Node[] args) {
        return switch (op) {
            case SIN, COS, ATAN, ATAN2, ASIN, ACOS, TANH, SIGMOID, SIGMOID_SLOPE, SECH_SQUARED, ERF, ERFC, NORMAL_CDF,
                    NORMAL_DENSITY, GAUSSIAN, HALF_GAUSSIAN, EXP_MINUS_ABS, SIGN, DIRECTION_COSINE, SCALE, LESS,
                    LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> 0;
            case EXP, EXPM1 -> isNonPositive(args[0]) ? 0 : UNBOUNDED;
            case SINH, COSH, TAN, POWER, LGAMMA, POLYGAMMA, RECIPROCAL -> UNBOUNDED;
            case INTEGER_POWER -> args[0].range().growth() == 0 && args[1].scalar() > 0 ? 0 : UNBOUNDED;
            case SQUARE -> args[0].range().growth() < 2 ? 2 * args[0].range().growth() : UNBOUNDED;
            case MULTIPLY -> args[0].range().growth() + args[1].range().growth();
            case DIVIDE -> args[0].range().growth();
            case FMA, FNMA -> Math.max(args[0].range().growth() + args[1].range().growth(), args[2].range().growth());
            default -> largest(args);
        };
    }

    private static int largest(Node[] args) {
        int largest = 0;
        for (Node arg : args) {
            largest = Math.max(largest, arg.range().growth());
        }
        return largest;
    }

    /** -u of a u that is not negative, or x less the largest of all x. */
    private static boolean isNonPositive(Node x) {
        return x.operation() == Op.NEGATE && x.arg(0).isNonNegative()
                || x.operation() == Op.SUBTRACT && x.arg(1).operation() == Op.FINITE_OR_ZERO;
    }
}
