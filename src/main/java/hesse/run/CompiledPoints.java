package hesse.run;

import hesse.plan.Derivative;
import hesse.tier.PointTier;

/** A body without rows at a point, in one mode: straight to the compiled method of a derivative, once it is there. */
public final class CompiledPoints {
    private final Program program;
    private final Mode mode;
    /** By derivative; null where there is no such method yet. A race writes the same twice. */
    private final PointTier[] code = new PointTier[Derivative.values().length];

    CompiledPoints(Program program, Mode mode) {
        this.program = program;
        this.mode = mode;
    }

    /**
     * Evaluates.
     *
     * @param seed null where there is none
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double evaluate(Derivative derivative, double[] x, double[] seed, double[] out) {
        PointTier compiled = code[derivative.ordinal()];
        if (compiled != null) {
            return compiled.evaluate(x, seed, out);
        }
        Engine engine = program.engine(derivative);
        double value = engine.point(x, seed, out, mode);
        code[derivative.ordinal()] = engine.whole(mode);
        return value;
    }
}
