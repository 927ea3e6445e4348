package hesse.run;

import hesse.plan.Body;
import hesse.plan.Derivative;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A traced body with the engines of the derivatives that were asked so far. */
public final class Program {
    private static final int DERIVATIVES = Derivative.values().length;

    private final Body body;
    private final AtomicReferenceArray<Engine> engines = new AtomicReferenceArray<>(DERIVATIVES);
    private final AtomicReferenceArray<Engine> pointEngines = new AtomicReferenceArray<>(DERIVATIVES);

    private final CompiledPoints[] points = new CompiledPoints[Mode.values().length];

    public Program(Body body) {
        this.body = body;
        for (Mode mode : Mode.values()) {
            points[mode.ordinal()] = new CompiledPoints(this, mode);
        }
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

    /** A body without rows at a point, in a mode. */
    public CompiledPoints points(Mode mode) {
        return points[mode.ordinal()];
    }
}
