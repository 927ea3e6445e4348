package hesse.run;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.graph.Op;
import hesse.kernel.machine.Interrupts;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * The reference tier: plain loops over the steps of a section, one entry after the other. Every other tier must give the
 * same bits. Operands are read with stride 1, or 0 where they have one entry.
 */
final class ScalarTier {
    private static final Op[] OPS = Op.values();
    /** An interrupt is heard so many numbers of code, or before a step of so many results, one after the other. */
    private static final int LISTENS = 64 * Plan.Section.WIDTH;

    private ScalarTier() {}

    /**
     * Runs the steps of a section on an arena.
     *
     * @param lanes whether large matrix products are left to their kernel, of the same bits; {@link Engine.Mode#SCALAR} keeps to loops
     */
    static void run(Plan.Section section, double[] d, boolean lanes) {
        int length = section.code().length;
        for (int pc = 0; pc < length; pc += Plan.Section.WIDTH) {
            step(section, pc, d, lanes);
        }
    }

    /** The same where it takes long: an interrupt of this thread ends it between steps. */
    static void runLong(Plan.Section section, double[] d, boolean lanes) {
        int length = section.code().length;
        for (int pc = 0; pc < length; pc += Plan.Section.WIDTH) {
            if (pc % LISTENS == 0 || section.code()[pc + 1] >= LISTENS || OPS[section.code()[pc]] == Op.PRODUCT) {
                Interrupts.check("an evaluation of", length / Plan.Section.WIDTH, "steps");
            }
            step(section, pc, d, lanes);
        }
    }

    /** Runs one of them. */
    static void step(Plan.Section section, int pc, double[] d, boolean lanes) {
        int[] code = section.code();
        Op op = OPS[code[pc]];
        if (op.isElementwise()) {
            int strides = code[pc + 6];
            elementwise(op, code[pc + 1], d, code[pc + 2], code[pc + 3], strides & 1,
                    code[pc + 4], strides >> 1 & 1, code[pc + 5], strides >> 2);
        } else {
            Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
            arrangement(op, code[pc + 1], d, code[pc + 2], code[pc + 3], code[pc + 4], detail, lanes);
        }
    }

    private static void elementwise(
            Op op, int length, double[] d, int to, int a, int strideA, int b, int strideB, int c, int strideC) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] + d[b + i * strideB];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] - d[b + i * strideB];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] * d[b + i * strideB];
                }
            }
            case FMA -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = fma(d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
            case FNMA -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = fma(-d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = op.value(d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
        }
    }

    private static void arrangement(Op op, int length, double[] d, int to, int a, int b, Object detail, boolean lanes) {
        switch (op) {
            case SUM -> Contraction.sum((Plan.Reduction) detail, length, d, to, a);
            case LARGEST -> Contraction.largest((Plan.Reduction) detail, length, d, to, a);
            case PRODUCT -> Contraction.product((Plan.Product) detail, d, to, a, b, lanes);
            case PERMUTE, BROADCAST -> {
                int[] sources = (int[]) detail;
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[sources == null ? a : a + sources[i]];
                }
            }
            case ASSEMBLE -> {
                Plan.Parts parts = (Plan.Parts) detail;
                Arrays.fill(d, to, to + length, 0);
                for (int i = 0; i < parts.slots().length; i++) {
                    System.arraycopy(d, parts.slots()[i], d, to + parts.offsets()[i], parts.lengths()[i]);
                }
            }
            default -> throw new AssertionError(op + " is no step");
        }
    }
}
