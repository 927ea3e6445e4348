package hesse.kernel;

import hesse.kernel.machine.Vectors;

/** A += u x', row-major: chooses the twin. */
public final class Ger {
    private Ger() {}

    /** See {@link GerScalar#add}; u has an entry a row of A, x one a column. */
    public static void add(Block a, Block u, Block x) {
        assert u.columns() == a.rows() && x.columns() == a.columns()
                : a.rows() + " x " + a.columns() + ", " + u.columns() + ", " + x.columns();
        if (Vectors.on()) {
            GerLanes.add(a.data(), a.start(), a.stride(), a.rows(), a.columns(), u.data(), u.start(), x.data(),
                    x.start());
        } else {
            GerScalar.add(a.data(), a.start(), a.stride(), a.rows(), a.columns(), u.data(), u.start(), x.data(),
                    x.start());
        }
    }
}
