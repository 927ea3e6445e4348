package hesse.graph;

/**
 * An elementwise operation over blocks that lie in one array d: n results from index {@code to} on, of n entries each
 * from {@code a}, {@code b} and {@code c} on; n is a multiple of 8. Called only where vectors are on.
 *
 * @param overwrites whether the results may lie where an operand does; where not, the caller hands over operands that
 *     lie apart from the results
 */
public record ArrayKernel(OfThree loop, boolean overwrites) {
    /** The loop of an operation of up to three operands; those beyond its arity are ignored. */
    @FunctionalInterface
    public interface OfThree {
        void run(double[] d, int to, int a, int b, int c, int n);
    }

    /** A loop whose results may overwrite its operand. */
    @FunctionalInterface
    public interface Unary {
        void run(double[] d, int to, int a, int n);
    }

    /** A loop whose results may overwrite its operands. */
    @FunctionalInterface
    public interface Binary {
        void run(double[] d, int to, int a, int b, int n);
    }

    /** A function that fills n entries of y from those of x, which lie apart. */
    @FunctionalInterface
    public interface UnaryFunction {
        void run(double[] x, int xOff, double[] y, int yOff, int n);
    }

    /** A function that fills n entries of z from those of x and y, which lie apart from z. */
    @FunctionalInterface
    public interface BinaryFunction {
        void run(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n);
    }

    static ArrayKernel of(Unary loop) {
        return new ArrayKernel((d, to, a, b, c, n) -> loop.run(d, to, a, n), true);
    }

    static ArrayKernel of(Binary loop) {
        return new ArrayKernel((d, to, a, b, c, n) -> loop.run(d, to, a, b, n), true);
    }

    static ArrayKernel of(OfThree loop) {
        return new ArrayKernel(loop, true);
    }

    static ArrayKernel apart(UnaryFunction function) {
        return new ArrayKernel((d, to, a, b, c, n) -> function.run(d, a, d, to, n), false);
    }

    static ArrayKernel apart(BinaryFunction function) {
        return new ArrayKernel((d, to, a, b, c, n) -> function.run(d, a, d, b, d, to, n), false);
    }
}
