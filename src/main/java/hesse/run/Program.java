package hesse.run;

import hesse.plan.Body;
import hesse.plan.Derivative;
import hesse.tier.PointTier;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A traced body with the engines of the derivatives that were asked so far. */
public final class Program {
    private static final int DERIVATIVES = Derivative.values().length;

    private final Body body;
    private final AtomicReferenceArray<Engine> engines = new AtomicReferenceArray<>(DERIVATIVES);
    private final AtomicReferenceArray<Engine> pointEngines = new AtomicReferenceArray<>(DERIVATIVES);

    /** By mode and derivative the code of a point, once it is one compiled method; a race writes the same twice. */
    private final PointTier[] compiled = new PointTier[Mode.values().length * DERIVATIVES];

    public Program(Body body) {
        this.body = body;
    }

    public Body body() {
        return body;
    }

    /** The engine of a derivative, built when first asked. */
    public Engine engine(Derivative derivative) {
        Engine engine = engines.get(derivative.ordinal());
        return engine == null ? build(derivative, body, engines) : engine;
    }

    /** That of a derivative at many points, for a body without rows. */
    public Engine pointEngine(Derivative derivative) {
        Engine engine = pointEngines.get(derivative.ordinal());
        return engine == null ? build(derivative, body.atPoints(), pointEngines) : engine;
    }

    private static Engine build(Derivative derivative, Body body, AtomicReferenceArray<Engine> engines) {
        synchronized (body.graph()) {
            Engine engine = engines.get(derivative.ordinal());
            if (engine == null) {
                engine = new Engine(derivative, body);
                engines.set(derivative.ordinal(), engine);
            }
            return engine;
        }
    }

    /**
     * One point of a body without rows: straight to the compiled method once it is there.
     *
     * @param seed null where there is none
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double point(Derivative derivative, double[] x, double[] seed, double[] out, Mode mode) {
        int key = mode.ordinal() * DERIVATIVES + derivative.ordinal();
        PointTier code = compiled[key];
        if (code != null) {
            return code.evaluate(x, seed, out);
        }
        Engine engine = engine(derivative);
        double value = engine.point(x, seed, out, mode);
        compiled[key] = engine.whole(mode);
        return value;
    }
}
