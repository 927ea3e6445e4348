package hesse.graph;

import hesse.kernel.Arithmetic;
import hesse.kernel.function.ArrayFunctions;
import hesse.kernel.function.ArrayFunctionsOfTwo;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What runs an elementwise operation: the scalar twin, which is the reference, the array kernel and the code in a
 * region of vectors, which give the same bits. The scalar twin is a public static method of {@link #arity} doubles; the
 * array kernel has its name, and is a method of {@link Arithmetic}, whose results may overwrite operands, or of
 * {@link ArrayFunctions} or {@link ArrayFunctionsOfTwo}, whose results lie apart.
 *
 * <p>Methods are named, not referred to, and linked when they are first called: of the table's hundred a program needs
 * a few, and a machine without vectors must not load the classes that name them.
 */
final class Twins {
    /** A value of three operands. */
    @FunctionalInterface
    interface Ternary {
        double applyAsDouble(double a, double b, double c);
    }

    private final int arity;
    private final Class<?> owner;
    private final String method;
    private final boolean named;
    private final Overlap overlap;
    private final VectorCode vector;
    // linked at the first call; a race links twice, without harm
    private DoubleUnaryOperator unary;
    private DoubleBinaryOperator binary;
    private Ternary ternary;
    private ArrayKernel array;

    /** Which array kernel there is. */
    private enum Overlap {
        NONE,
        IN_PLACE,
        APART
    }

    private Twins(int arity, Class<?> owner, String method, boolean named, Overlap overlap, VectorCode vector) {
        this.arity = arity;
        this.owner = owner;
        this.method = method;
        this.named = named;
        this.overlap = overlap;
        this.vector = vector;
    }

    /** A scalar twin. */
    static Twins function(Class<?> owner, String method, int arity) {
        return new Twins(arity, owner, method, false, Overlap.NONE, null);
    }

    /** A scalar twin that formulas in text may call by its name. */
    static Twins named(Class<?> owner, String method, int arity) {
        return new Twins(arity, owner, method, true, Overlap.NONE, null);
    }

    /** With the array kernel of {@link Arithmetic} that has the scalar twin's name. */
    Twins inPlace() {
        return new Twins(arity, owner, method, named, Overlap.IN_PLACE, vector);
    }

    /**
     * With the array kernel of {@link ArrayFunctions} or {@link ArrayFunctionsOfTwo} that has the scalar twin's name.
     */
    Twins apart() {
        return new Twins(arity, owner, method, named, Overlap.APART, vector);
    }

    /** With its code in a region of vectors. */
    Twins vector(VectorCode code) {
        return new Twins(arity, owner, method, named, overlap, code);
    }

    /** With one method of vectors as its code in a region. */
    Twins vector(String name) {
        return vector(new VectorCode.Method(name));
    }

    int arity() {
        return arity;
    }

    Class<?> owner() {
        return owner;
    }

    String method() {
        return method;
    }

    boolean isNamed() {
        return named;
    }

    VectorCode vector() {
        return vector;
    }

    /** The reference; operands beyond the arity are ignored. */
    double value(double a, double b, double c) {
        return switch (arity) {
            case 1 -> unary().applyAsDouble(a);
            case 2 -> binary().applyAsDouble(a, b);
            default -> ternary().applyAsDouble(a, b, c);
        };
    }

    private DoubleUnaryOperator unary() {
        if (unary == null) {
            unary = scalar(DoubleUnaryOperator.class);
        }
        return unary;
    }

    private DoubleBinaryOperator binary() {
        if (binary == null) {
            binary = scalar(DoubleBinaryOperator.class);
        }
        return binary;
    }

    private Ternary ternary() {
        if (ternary == null) {
            ternary = scalar(Ternary.class);
        }
        return ternary;
    }

    private <T> T scalar(Class<T> form) {
        MethodType type = MethodType.methodType(double.class, Collections.nCopies(arity, double.class));
        return link(form, "applyAsDouble", owner, type);
    }

    /** The array kernel, or null. */
    ArrayKernel array() {
        if (array == null) {
            array = switch (overlap) {
                case NONE -> null;
                case IN_PLACE -> inPlaceKernel();
                case APART -> arity == 1
                        ? ArrayKernel.apart(link(ArrayKernel.UnaryFunction.class, ArrayFunctions.class))
                        : ArrayKernel.apart(link(ArrayKernel.BinaryFunction.class, ArrayFunctionsOfTwo.class));
            };
        }
        return array;
    }

    private ArrayKernel inPlaceKernel() {
        return switch (arity) {
            case 1 -> ArrayKernel.of(link(ArrayKernel.Unary.class, Arithmetic.class));
            case 2 -> ArrayKernel.of(link(ArrayKernel.Binary.class, Arithmetic.class));
            default -> ArrayKernel.of(link(ArrayKernel.OfThree.class, Arithmetic.class));
        };
    }

    private <T> T link(Class<T> form, Class<?> arrayOwner) {
        Method call = form.getMethods()[0];
        MethodType type = MethodType.methodType(call.getReturnType(), call.getParameterTypes());
        return link(form, call.getName(), arrayOwner, type);
    }

    /** As a method reference does it: an instance of the form whose one method calls this operation's of the owner. */
    private <T> T link(Class<T> form, String call, Class<?> methodOwner, MethodType type) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle handle = lookup.findStatic(methodOwner, method, type);
            MethodType instance = MethodType.methodType(form);
            return form.cast(LambdaMetafactory.metafactory(lookup, call, instance, type, handle, type)
                    .getTarget().invoke());
        } catch (Throwable e) {
            throw new LinkageError(methodOwner.getName() + "." + method + " cannot be called", e);
        }
    }
}
