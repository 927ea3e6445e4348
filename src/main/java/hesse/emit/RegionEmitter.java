package hesse.emit;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import hesse.graph.Op;
import hesse.graph.VectorCode;
import hesse.kernel.function.Elementary;
import hesse.kernel.machine.EmittedCode;
import hesse.kernel.machine.RegionCode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compiles a region to a class with one flat loop over a block: loads what comes from outside, keeps every value in a
 * local, stores what leaves. Addresses of blocks and constants are written into the code.
 */
public final class RegionEmitter {
    private static final ClassDesc LANES = EmittedClass.machine("Lanes");
    private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
    private static final ClassDesc DOUBLES = ClassDesc.of("jdk.incubator.vector.DoubleVector");
    private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
    private static final ClassDesc COMPARISON = ClassDesc.of("jdk.incubator.vector.VectorOperators$Comparison");
    private static final ClassDesc ARRAY = CD_double.arrayType();
    private static final MethodTypeDesc UNARY = MethodTypeDesc.of(DOUBLES);
    private static final MethodTypeDesc BINARY = MethodTypeDesc.of(DOUBLES, VECTOR);
    private static final MethodTypeDesc WITH_NUMBER = MethodTypeDesc.of(DOUBLES, CD_double);
    private static final MethodTypeDesc BLEND = MethodTypeDesc.of(DOUBLES, VECTOR, MASK);
    private static final MethodTypeDesc TERNARY = MethodTypeDesc.of(DOUBLES, VECTOR, VECTOR);
    private static final int D = 1;
    private static final int ARENA = 2;
    private static final int ARRAYS = 3;
    private static final int AT = 4;
    private static final int I = 5;

    private final Fragment region;
    private final int[] start;
    private final Map<Integer, Integer> port;
    private final Map<Integer, Double> constants;
    private final int size;
    /** Locals of what comes from outside, by slot, and of results. */
    private final Map<Integer, Integer> outside = new HashMap<>();
    private final int[] result;
    /** By slot with a port the local of its array, and after it that of the index there. */
    private final Map<Integer, Integer> ports = new HashMap<>();

    private RegionEmitter(Fragment region, int[] start, Map<Integer, Integer> port,
            Map<Integer, Double> constants, int size) {
        this.region = region;
        this.start = start;
        this.port = port;
        this.constants = constants;
        this.size = size;
        this.result = new int[region.ops().length];
    }

    /**
     * The compiled region.
     *
     * @param start by slot where its block starts, -1 where the number is the same for all rows
     * @param port by slot its port, where it has one
     * @param constants of such slots those known already
     * @param size rows of a block
     */
    public static RegionCode emit(Fragment region, int[] start, Map<Integer, Integer> port,
            Map<Integer, Double> constants, int size) {
        RegionEmitter emitter = new RegionEmitter(region, start, port, constants, size);
        return (RegionCode) EmittedClass.define("RegionCode",
                MethodTypeDesc.of(CD_void, ARRAY, ARRAY, ARRAY.arrayType(), CD_int.arrayType()), emitter::loop);
    }

    private void loop(CodeBuilder code) {
        int slot = code.allocateLocal(TypeKind.INT);
        if (slot != I) {
            throw new AssertionError("locals start at " + slot);
        }
        int[] inputs = Arrays.stream(region.operands()).filter(operand -> operand < 0).map(operand -> ~operand)
                .distinct().toArray();
        for (int input : inputs) {
            if (start[input] < 0) {
                broadcast(code, input);
            }
        }
        IntStream.concat(Arrays.stream(inputs), Arrays.stream(region.slots())).filter(port::containsKey).distinct()
                .forEach(s -> port(code, s));
        Label head = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(I).labelBinding(head).iload(I).loadConstant(size).if_icmpge(end);
        for (int k = 0; k < region.ops().length; k++) {
            for (int j = 0; j < region.ops()[k].arity(); j++) {
                int operand = region.operands()[3 * k + j];
                if (operand < 0 && !outside.containsKey(~operand)) {
                    load(code, ~operand);
                }
            }
            result[k] = code.allocateLocal(TypeKind.REFERENCE);
            operation(code, k);
            code.astore(result[k]);
        }
        for (int k = 0; k < region.stored().length; k++) {
            code.aload(result[region.stored()[k]]);
            place(code, region.slots()[k]);
            code.invokevirtual(DOUBLES, "intoArray", MethodTypeDesc.of(CD_void, ARRAY, CD_int));
        }
        code.iinc(I, EmittedCode.lanes()).goto_(head).labelBinding(end).return_();
    }

    private void species(CodeBuilder code) {
        code.getstatic(LANES, "SPECIES", SPECIES);
    }

    private void port(CodeBuilder code, int slot) {
        int array = code.allocateLocal(TypeKind.REFERENCE);
        int index = code.allocateLocal(TypeKind.INT);
        code.aload(ARRAYS).loadConstant(port.get(slot)).aaload().astore(array).aload(AT).loadConstant(port.get(slot))
                .iaload().istore(index);
        ports.put(slot, array);
    }

    /** The array and the index of a slot's numbers. */
    private void place(CodeBuilder code, int slot) {
        Integer array = ports.get(slot);
        if (array == null) {
            code.aload(D).iload(I).loadConstant(start[slot]).iadd();
        } else {
            code.aload(array).iload(I).iload(array + 1).iadd();
        }
    }

    private void broadcast(CodeBuilder code, int slot) {
        species(code);
        if (constants.containsKey(slot)) {
            code.loadConstant(constants.get(slot));
        } else {
            code.aload(ARENA).loadConstant(slot).daload();
        }
        keep(code.invokestatic(DOUBLES, "broadcast", MethodTypeDesc.of(DOUBLES, SPECIES, CD_double)), slot);
    }

    private void load(CodeBuilder code, int slot) {
        species(code);
        place(code, slot);
        keep(code.invokestatic(DOUBLES, "fromArray", MethodTypeDesc.of(DOUBLES, SPECIES, ARRAY, CD_int)), slot);
    }

    private void keep(CodeBuilder code, int slot) {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        outside.put(slot, local);
    }

    private CodeBuilder operand(CodeBuilder code, int k, int j) {
        int operand = region.operands()[3 * k + j];
        return code.aload(operand < 0 ? outside.get(~operand) : result[operand]);
    }

    private void operation(CodeBuilder code, int k) {
        Op op = region.ops()[k];
        switch (op.vector()) {
            case VectorCode.Method method -> {
                for (int j = 0; j < op.arity(); j++) {
                    operand(code, k, j);
                }
                code.invokevirtual(DOUBLES, method.name(), op.arity() == 1 ? UNARY : op.arity() == 2
                        ? BINARY : TERNARY);
            }
            case VectorCode.Compare comparison -> comparison(code, k, comparison.operator());
            case VectorCode.Sequence sequence -> sequence(code, k, sequence);
        }
    }

    private void sequence(CodeBuilder code, int k, VectorCode.Sequence sequence) {
        switch (sequence) {
            case FIRST -> operand(code, k, 0);
            case SQUARE -> operand(operand(code, k, 0), k, 0).invokevirtual(DOUBLES, "mul", BINARY);
            case RECIPROCAL -> {
                number(code, 1);
                operand(code, k, 0).invokevirtual(DOUBLES, "div", BINARY);
            }
            case FNMA -> {
                unary(operand(code, k, 0), "neg");
                operand(operand(code, k, 1), k, 2).invokevirtual(DOUBLES, "fma", TERNARY);
            }
            case INTEGER_POWER -> power(code, k);
            case NORMAL_DENSITY -> {
                number(code, Elementary.INVERSE_SQRT_2_PI);
                operand(code, k, 1).invokevirtual(DOUBLES, "mul", BINARY);
            }
            case SIGMOID_SLOPE -> slope(code, k);
            case SECH_SQUARED -> slope(code, k).loadConstant(4.0).invokevirtual(DOUBLES, "mul", WITH_NUMBER);
            case SIGMOID -> sigmoid(code, k);
            case SIGN -> sign(code, k, 0);
            case SELECT -> {
                operand(operand(operand(code, k, 2), k, 1), k, 0);
                compare(code, "NE");
                code.invokevirtual(DOUBLES, "blend", BLEND);
            }
            case STRONG_PRODUCT -> strongProduct(code, k);
            case UNLESS_INFINITE -> {
                operand(code, k, 2).loadConstant(0.0);
                unary(operand(code, k, 0), "abs");
                compare(code, "EQ", Double.POSITIVE_INFINITY);
                compare(operand(code, k, 1), "EQ");
                code.invokevirtual(MASK, "and", MethodTypeDesc.of(MASK, MASK));
                blend(code);
            }
            case WITHIN -> {
                number(code, Double.NaN);
                operand(operand(code, k, 1), k, 0);
                compare(code, "GE");
                code.invokevirtual(DOUBLES, "blend", BLEND);
            }
        }
    }

    private static void unary(CodeBuilder code, String name) {
        code.invokevirtual(DOUBLES, name, UNARY);
    }

    private void binary(CodeBuilder code, int k, String name) {
        operand(operand(code, k, 0), k, 1).invokevirtual(DOUBLES, name, BINARY);
    }

    private void number(CodeBuilder code, double number) {
        species(code);
        code.loadConstant(number).invokestatic(DOUBLES, "broadcast", MethodTypeDesc.of(DOUBLES, SPECIES, CD_double));
    }

    private static CodeBuilder plusOne(CodeBuilder code) {
        return code.loadConstant(1.0).invokevirtual(DOUBLES, "add", WITH_NUMBER);
    }

    /** As {@link hesse.kernel.function.Elementary#sigmoid}. */
    private void sigmoid(CodeBuilder code, int k) {
        int negative = code.allocateLocal(TypeKind.REFERENCE);
        int above = code.allocateLocal(TypeKind.REFERENCE);
        int quotient = code.allocateLocal(TypeKind.REFERENCE);
        compare(operand(code, k, 0), "LT");
        code.astore(negative);
        number(code, 1);
        operand(code, k, 1).aload(negative).invokevirtual(DOUBLES, "blend", BLEND).astore(above);
        plusOne(operand(code.aload(above), k, 1)).invokevirtual(DOUBLES, "div", BINARY).astore(quotient);
        unary(code.aload(quotient), "neg");
        operand(code, k, 1).aload(above).aload(quotient).invokevirtual(DOUBLES, "sub", BINARY)
                .invokevirtual(DOUBLES, "fma", TERNARY);
        number(code.aload(quotient), 1);
        code.aload(quotient).invokevirtual(DOUBLES, "sub", BINARY).aload(negative)
                .invokevirtual(DOUBLES, "blend", BLEND)
                .aload(quotient).invokevirtual(DOUBLES, "fma", TERNARY);
    }

    /** e/(1 + e)^2 of the second operand. */
    private CodeBuilder slope(CodeBuilder code, int k) {
        operand(code, k, 1);
        return plusOne(operand(code, k, 1)).dup().invokevirtual(DOUBLES, "mul", BINARY)
                .invokevirtual(DOUBLES, "div", BINARY);
    }

    /** The vector on the stack compared with 0. */
    private static void compare(CodeBuilder code, String comparison) {
        compare(code, comparison, 0);
    }

    private static void compare(CodeBuilder code, String comparison, double number) {
        code.getstatic(OPERATORS, comparison, COMPARISON).loadConstant(number)
                .invokevirtual(DOUBLES, "compare", MethodTypeDesc.of(MASK, COMPARISON, CD_double));
    }

    private static CodeBuilder blend(CodeBuilder code) {
        return code.invokevirtual(DOUBLES, "blend", MethodTypeDesc.of(DOUBLES, CD_double, MASK));
    }

    private void comparison(CodeBuilder code, int k, String comparison) {
        number(code, 0);
        operand(code.loadConstant(1.0), k, 0).getstatic(OPERATORS, comparison, COMPARISON);
        operand(code, k, 1).invokevirtual(DOUBLES, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        blend(code);
    }

    private void sign(CodeBuilder code, int k, int j) {
        operand(code, k, j).loadConstant(1.0);
        compare(operand(code, k, j), "GT");
        blend(code).loadConstant(-1.0);
        compare(operand(code, k, j), "LT");
        blend(code);
    }

    /** As {@link hesse.kernel.function.Elementary#strongProduct}. */
    private void strongProduct(CodeBuilder code, int k) {
        int product = code.allocateLocal(TypeKind.REFERENCE);
        binary(code, k, "mul");
        code.astore(product).aload(product);
        unary(operand(code, k, 0), "abs");
        unary(operand(code, k, 1), "abs");
        code.invokevirtual(DOUBLES, "min", BINARY).aload(product).getstatic(OPERATORS, "NE", COMPARISON).aload(product)
                .invokevirtual(DOUBLES, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR))
                .invokevirtual(DOUBLES, "blend", BLEND);
    }

    /** By repeated squaring, as {@link hesse.kernel.function.Elementary#power}. */
    private void power(CodeBuilder code, int k) {
        int n = constants.get(~region.operands()[3 * k + 1]).intValue();
        int size = Math.abs(n);
        int square = code.allocateLocal(TypeKind.REFERENCE);
        int product = code.allocateLocal(TypeKind.REFERENCE);
        operand(code, k, 0).astore(square);
        boolean started = (size & 1) == 1;
        if (started) {
            code.aload(square).astore(product);
        }
        for (int rest = size >> 1; rest != 0; rest >>= 1) {
            code.aload(square).aload(square).invokevirtual(DOUBLES, "mul", BINARY).astore(square);
            if ((rest & 1) == 1 && started) {
                code.aload(product).aload(square).invokevirtual(DOUBLES, "mul", BINARY).astore(product);
            } else if ((rest & 1) == 1) {
                code.aload(square).astore(product);
                started = true;
            }
        }
        if (n < 0) {
            number(code, 1);
        }
        code.aload(product);
        if (n < 0) {
            code.invokevirtual(DOUBLES, "div", BINARY);
        }
    }
}
