package hesse.kernel;

import java.lang.invoke.MethodHandles;

/** Where emitted classes live: hidden in this package, beside the vector shape that they use, and gone with the last object of theirs. */
public final class EmittedCode {
    private EmittedCode() {}

    /** Makes an object of a class of this package with a constructor without arguments. */
    public static Object define(byte[] bytes) {
        try {
            return MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an emitted class does not load", e);
        }
    }

    /** Lanes of a vector. */
    public static int lanes() {
        return Lanes.LENGTH;
    }

    /** Whether comparisons can be emitted; see {@link Lanes#MASKS}. */
    public static boolean masks() {
        return Lanes.MASKS;
    }
}
