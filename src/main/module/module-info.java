/**
 * Exact derivatives of plain Java functions over SIMD lanes, symmetric matrices, curvature and optimisers.
 *
 * <p>Only the packages that users call are exported. SIMD needs {@code --add-modules jdk.incubator.vector} on the
 * command line of the JVM; without it the scalar twins give the same bits, slower. The command line {@code hesse.cli}
 * and the adapter {@link hesse.optimize.Hipparchus} use libraries without module names, so both run from the class
 * path.
 */
module hesse {
    // optional: without it everything runs as plain loops
    requires static jdk.incubator.vector;
    // optional: the plots of the command line
    requires static java.desktop;

    exports hesse;
    exports hesse.curvature;
    exports hesse.matrix;
    exports hesse.optimize;
}
