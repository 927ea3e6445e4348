package hesse.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hesse.kernel.machine.Vectors;
import java.util.Random;

/**
 * What tests of twins share. They compare every SIMD kernel with its scalar twin, bit for bit, at the width of this JVM
 * ({@code hesse.bits}; the build runs them once a width). The scalar twins do not depend on the width, so widths agree.
 */
public final class Twins {
    /** Sizes of matrices around vectors, register tiles, tiles and groups of tiles. */
    public static final int[] SIZES =
            {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 95, 96, 97, 103, 145, 200, 289};

    private Twins() {}

    /** Skips a test without vectors; fails where they have not the width that was asked for. */
    public static void requireTheWidthThatWasAskedFor() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no vector module");
        Integer asked = Integer.getInteger("hesse.bits");
        assertTrue(asked == null || Vectors.BITS == asked || Vectors.BITS < asked,
                "runs at " + Vectors.BITS + " bits, asked " + asked);
        System.out.println(Vectors.REASON);
    }

    /** Random numbers of both signs over some twenty powers of two. */
    public static double[] numbers(int count, long seed) {
        Random random = new Random(seed);
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = random.nextGaussian() * Math.pow(2, random.nextInt(20) - 10);
        }
        return x;
    }

    /** Entries of an array of tiles for n rows. */
    public static int length(int n, int tile) {
        return Tiles.offset(Tiles.rows(n, tile), 0, tile);
    }

    /** Random symmetric matrix in tiles, a constant added to its diagonal. */
    public static double[] matrix(int n, int tile, double diagonal) {
        Random random = new Random(n);
        double[] h = new double[length(n, tile)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                h[Tiles.index(i, j, tile)] = random.nextGaussian() + (i == j ? diagonal : 0);
            }
        }
        Tiles.finish(h, n, tile);
        return h;
    }

    /** Arguments of every size and sign, with the special ones and the bounds of usual ranges among them. */
    public static double[] arguments() {
        double[] special = {0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 4.9e-324,
            -4.9e-324, 0x1p-1022, Double.MAX_VALUE, 708, -708, Math.nextUp(708), -745.5, 709.9, 22, 0.5, -0.5, 0x1p30,
            Math.nextUp(0x1p30), 0x1p1000, 0.4375, 2.4375};
        Random random = new Random(5);
        double[] x = new double[4000];
        for (int i = 0; i < x.length; i++) {
            int powers = i < 2000 ? 40 : 2000;
            x[i] = switch (i % 4) {
                case 0 -> random.nextGaussian();
                case 1 -> 2 * random.nextDouble() - 1;
                case 2 -> random.nextGaussian() * Math.pow(2, random.nextInt(powers) - powers / 2);
                default -> i % 100 == 3 ? special[i / 100 % special.length] : 20 * random.nextGaussian();
            };
        }
        return x;
    }

    /** Places in a thousand pairs of numbers come to hold all pairs of special ones. */
    public static void special(double[] x, double[] y) {
        double[] special = {0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 4.9e-324,
                -3, 2,
            0.5, Double.MAX_VALUE, 1e300};
        for (int i = 0; i < special.length * special.length; i++) {
            x[3 * i] = special[i / special.length];
            y[3 * i] = special[i % special.length];
        }
    }
}
