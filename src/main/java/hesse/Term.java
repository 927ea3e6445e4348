package hesse;

import hesse.matrix.SymmetricMatrix;
import hesse.plan.Derivative;
import hesse.plan.Layout.Part;
import hesse.run.Engine;
import hesse.run.Program;
import hesse.run.RowData;
import hesse.run.Workspace;

/**
 * What functions are made of: scale times a body, at a point or over rows.
 *
 * @param rows null where the body is of the point alone
 */
record Term(Program program, Rows rows, RowData data, double scale) {
    static Term of(Program program, Rows rows) {
        return new Term(program, rows, rows == null ? null : rows.data(), 1);
    }

    Term times(double factor) {
        return new Term(program, rows, data, scale * factor);
    }

    /** The same over other rows, which must have the same columns. */
    Term on(Rows other) {
        rows.requireSchema(other);
        return new Term(program, other, other.data(), scale);
    }

    boolean isOfPoint() {
        return rows == null;
    }

    Engine engine(Derivative derivative) {
        return program.engine(derivative);
    }

    /** The engine for many points in one call. */
    Engine engineOfMany(Derivative derivative) {
        return isOfPoint() ? program.pointEngine(derivative) : program.engine(derivative);
    }

    /**
     * Evaluates at a point, or sums over rows, without the scale.
     *
     * @param v a vector of n entries, or null
     * @param u weights of all values, or null
     * @return a work space that holds the result and is to be given back
     */
    Workspace run(Derivative derivative, double[] x, double[] v, double[] u, Settings settings) {
        Engine engine = engine(derivative);
        Workspace w = engine.borrow();
        if (isOfPoint()) {
            engine.point(w, x, v == null ? u : v, settings.mode());
        } else {
            engine.sum(w, data, x, v, u, settings.mode(), settings.threads());
        }
        return w;
    }

    /** Evaluates, or sums, at many points, to where a work space of {@link #engineOfMany} says, which is given back. */
    void many(Derivative derivative, Workspace w, double[] points, int count, Settings settings) {
        Engine engine = engineOfMany(derivative);
        if (isOfPoint()) {
            engine.points(w, points, count, settings.mode(), settings.threads());
        } else {
            engine.sums(w, data, points, count, settings.mode(), settings.threads());
        }
        engine.giveBack(w);
    }

    /** Fills a matrix with scale times the symmetric one of a result, or adds that. */
    void matrix(Workspace w, Derivative derivative, SymmetricMatrix h, boolean adds) {
        int from = engine(derivative).plan().layout().from(Part.MATRIX);
        if (isOfPoint() && adds) {
            h.addPacked(w.result(), from, scale);
        } else if (isOfPoint()) {
            h.setPacked(w.result(), from, scale);
        } else if (adds) {
            h.addTiles(w.tiles(), scale);
        } else {
            h.setTiles(w.tiles(), scale);
        }
    }
}
