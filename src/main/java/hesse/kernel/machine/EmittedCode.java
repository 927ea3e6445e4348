package hesse.kernel.machine;

import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Where emitted classes live: hidden in this package, beside the vector shape that they use, shared by all who ask for
 * the same code, and gone with the last who holds its object.
 */
public final class EmittedCode {
    /** Knows its entry, to throw it out when the object is gone. */
    private static final class Shared extends WeakReference<Object> {
        private final ByteBuffer code;

        Shared(Object object, ByteBuffer code) {
            super(object, GONE);
            this.code = code;
        }
    }

    private static final Map<ByteBuffer, Shared> SHARED = new HashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    private EmittedCode() {}

    /** The object of a class of this package with a constructor without arguments; it has no state. */
    public static Object define(byte[] bytes) {
        synchronized (SHARED) {
            for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                SHARED.remove(((Shared) gone).code, gone);
            }
            ByteBuffer code = ByteBuffer.wrap(bytes);
            Shared shared = SHARED.get(code);
            Object object = shared == null ? null : shared.get();
            if (object == null) {
                object = load(bytes);
                SHARED.put(code, new Shared(object, code));
            }
            return object;
        }
    }

    private static Object load(byte[] bytes) {
        try {
            return MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass().getDeclaredConstructor()
                    .newInstance();
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
