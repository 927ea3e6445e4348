package hesse.kernel.factor;

import hesse.kernel.machine.Vectors;

/** A sweep of plane rotations over the rows of a matrix: chooses the twin. */
final class Rotation {
    private Rotation() {}

    /** See {@link RotationScalar#sweep}; the length is a multiple of 8. */
    static void sweep(double[] rows, int length, int first, int last, double[] c, double[] s) {
        if (Vectors.on()) {
            RotationLanes.sweep(rows, length, first, last, c, s);
        } else {
            RotationScalar.sweep(rows, length, first, last, c, s);
        }
    }
}
