package hesse.jmh;

import dev.ludovic.netlib.blas.BLAS;
import org.bytedeco.openblas.global.openblas;

/**
 * A rival library that may be absent, or crash the JVM. Benchmarks take it as a state of their own, so that no other
 * one loads it, and the test that runs every benchmark once gives each of them a JVM of its own.
 */
public abstract class Rival {
    /**
     * netlib's BLAS over the Vector API. It is loaded by the name of its class: the public factory loads the system's
     * BLAS, whose symbols clash with OpenBLAS's.
     */
    public static BLAS netlib() {
        try {
            var instance = Class.forName("dev.ludovic.netlib.blas.VectorBLAS").getMethod("getInstance");
            instance.setAccessible(true);
            return (BLAS) instance.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError("netlib's VectorBLAS: " + e);
        }
    }

    /** OpenBLAS on one thread; called in every set-up. */
    public static void openblasOnOneThread() {
        openblas.blas_set_num_threads(1);
    }
}
