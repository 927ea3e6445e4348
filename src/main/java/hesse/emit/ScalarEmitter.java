package hesse.emit;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;

import hesse.graph.Input;
import hesse.graph.Op;
import hesse.kernel.machine.FusedMultiplyAdd;
import hesse.kernel.machine.PointCode;
import hesse.plan.Plan;
import hesse.plan.Steps;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compiles a region of a point to a class with one straight method: expressions as one writes them, a value that is
 * read twice in a local, functions called.
 */
public final class ScalarEmitter {
    /** Where the processor has the instruction {@link Math} itself, so that interpreted code makes one call. */
    private static final ClassDesc MULTIPLY_ADD =
            ClassDesc.of((FusedMultiplyAdd.IN_HARDWARE ? Math.class : FusedMultiplyAdd.class).getName());
    private static final ClassDesc ARRAY = CD_double.arrayType();

    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_double, ARRAY, ARRAY, ARRAY, ARRAY, CD_int);
    /**
     * Operations in one expression, which nests here as it does in the code: more would need a deep stack to compile.
     */
    private static final int DEEPEST = 32;
    private static final int X = 1;
    private static final int SEED = 2;
    private static final int ARENA = 3;
    private static final int OUT = 4;
    private static final int FROM = 5;

    private final Plan plan;
    private final Steps.Leaf point;
    private final Steps.Leaf seed;
    private final Fragment region;
    private final Map<Integer, Double> constants;
    /** Locals of what comes from outside, by slot, and of results, -1 of one that is computed where it is read. */
    private final Map<Integer, Integer> outside = new HashMap<>();
    private final int[] result;
    /** By operand how often it is read. */
    private final Map<Integer, Integer> reads = new HashMap<>();

    private ScalarEmitter(Plan plan, Fragment region, Map<Integer, Double> constants) {
        this.plan = plan;
        this.point = plan.program().point();
        this.seed = plan.program().leaf(Input.Role.SEED);
        this.region = region;
        this.constants = constants;
        this.result = new int[region.ops().length];
        for (int k = 0; k < result.length; k++) {
            for (int j = 0; j < region.ops()[k].arity(); j++) {
                reads.merge(region.operands()[3 * k + j], 1, Integer::sum);
            }
        }
    }

    /**
     * A region of the plan's shared section, compiled.
     *
     * @param constants of slots those known already
     * @param read slots that have to be in the arena afterwards, where the region computes them
     * @param source by entry of the plan's result its slot, or -1 where it is zero
     * @param results the entries that this region puts in place; 0 is returned
     */
    public static PointCode emit(Plan plan, Fragment region, Map<Integer, Double> constants, Set<Integer> read,
            int[] source, int[] results) {
        ScalarEmitter emitter = new ScalarEmitter(plan, region, constants);
        return (PointCode) EmittedClass.define("PointCode", RUN, code -> emitter.method(code, read, source, results));
    }

    private void method(CodeBuilder code, Set<Integer> read, int[] source, int[] results) {
        Map<Integer, Integer> computed = new HashMap<>();
        for (int k = 0; k < region.stored().length; k++) {
            computed.put(region.slots()[k], region.stored()[k]);
        }
        Map<Integer, List<Integer>> entries = new HashMap<>();
        for (int i : results) {
            entries.computeIfAbsent(computed.getOrDefault(source[i], -1), key -> new ArrayList<>()).add(i);
        }
        int[] depth = new int[region.ops().length];
        for (int k = 0; k < region.ops().length; k++) {
            int at = k;
            int stored = Arrays.binarySearch(region.stored(), k);
            boolean leaves = stored >= 0 && read.contains(region.slots()[stored]);
            depth[k] = 1 + IntStream.range(0, region.ops()[k].arity()).map(j -> region.operands()[3 * at + j])
                    .filter(operand -> operand >= 0 && result[operand] < 0).map(operand -> depth[operand])
                    .max().orElse(0);
            if (reads.getOrDefault(k, 0) == 1 && !leaves && !entries.containsKey(k) && depth[k] < DEEPEST) {
                result[k] = -1;
                continue;
            }
            result[k] = code.allocateLocal(TypeKind.DOUBLE);
            operation(code, k);
            code.dstore(result[k]);
            if (leaves) {
                code.aload(ARENA).loadConstant(region.slots()[stored]).dload(result[k]).dastore();
            }
            put(code, entries.getOrDefault(k, List.of()), source, computed);
        }
        put(code, entries.getOrDefault(-1, List.of()), source, computed);
        if (results.length > 0 && results[0] == 0) {
            entry(code, source[0], computed);
        } else {
            code.dconst_0();
        }
        code.dreturn();
    }

    /** Entries of the result into their places, as soon as they are known: C2 would keep them in registers. */
    private void put(CodeBuilder code, List<Integer> entries, int[] source, Map<Integer, Integer> computed) {
        for (int i : entries) {
            if (i > 0) {
                code.aload(OUT).iload(FROM).loadConstant(i - 1).iadd();
                entry(code, source[i], computed);
                code.dastore();
            }
        }
    }

    private void entry(CodeBuilder code, int slot, Map<Integer, Integer> computed) {
        if (slot < 0) {
            code.dconst_0();
        } else if (computed.containsKey(slot)) {
            code.dload(result[computed.get(slot)]);
        } else {
            outside(code, slot);
        }
    }

    private void operand(CodeBuilder code, int k, int j) {
        int operand = region.operands()[3 * k + j];
        if (operand >= 0 && result[operand] < 0) {
            operation(code, operand);
        } else if (operand >= 0) {
            code.dload(result[operand]);
        } else {
            outside(code, ~operand);
        }
    }

    private void outside(CodeBuilder code, int slot) {
        if (constants.containsKey(slot)) {
            code.loadConstant(constants.get(slot));
        } else if (outside.containsKey(slot)) {
            code.dload(outside.get(slot));
        } else {
            int ofPoint = slot - plan.slot(point.value());
            int ofSeed = seed == null ? -1 : slot - plan.slot(seed.value());
            if (ofPoint >= 0 && ofPoint < point.size()) {
                code.aload(X).loadConstant(ofPoint);
            } else if (ofSeed >= 0 && ofSeed < seed.size()) {
                code.aload(SEED).loadConstant(ofSeed);
            } else {
                code.aload(ARENA).loadConstant(slot);
            }
            code.daload();
            if (reads.getOrDefault(~slot, 0) > 1) {
                int local = code.allocateLocal(TypeKind.DOUBLE);
                outside.put(slot, local);
                code.dup2().dstore(local);
            }
        }
    }

    private void operation(CodeBuilder code, int k) {
        Op op = region.ops()[k];
        switch (op) {
            case RECIPROCAL -> {
                code.dconst_1();
                operand(code, k, 0);
                code.ddiv();
            }
            case SQUARE -> {
                operand(code, k, 0);
                code.dup2().dmul();
            }
            case FNMA -> {
                operand(code, k, 0);
                code.dneg();
                operand(code, k, 1);
                operand(code, k, 2);
                code.invokestatic(MULTIPLY_ADD, "fma", doubles(3));
            }
            default -> {
                for (int j = 0; j < op.arity(); j++) {
                    operand(code, k, j);
                }
                simple(code, op);
            }
        }
    }

    /** An operation whose operands are on the stack. */
    private static void simple(CodeBuilder code, Op op) {
        switch (op) {
            case ADD -> code.dadd();
            case SUBTRACT -> code.dsub();
            case MULTIPLY -> code.dmul();
            case DIVIDE -> code.ddiv();
            case NEGATE -> code.dneg();
            case FMA -> code.invokestatic(MULTIPLY_ADD, "fma", doubles(3));
            default -> code.invokestatic(ClassDesc.of(op.owner().getName()), op.method(), doubles(op.arity()));
        }
    }

    /** A method of doubles that returns one. */
    private static MethodTypeDesc doubles(int arity) {
        return MethodTypeDesc.of(CD_double, Collections.nCopies(arity, CD_double));
    }
}
