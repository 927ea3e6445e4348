package hesse.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Rivals that are absent, crash, disagree or end well, as the test that runs benchmarks sees them. */
class RivalJvmTest {
    /** A rival that does what its argument says. */
    public static final class Made {
        private Made() {}

        public static void main(String[] arguments) {
            try {
                switch (arguments[0]) {
                    case "absent" -> System.loadLibrary("nobody_has_this");
                    case "hidden" -> {
                        RuntimeException around = new RuntimeException("Benchmark caught the exception");
                        around.addSuppressed(new ExceptionInInitializerError(new UnsatisfiedLinkError("no library")));
                        throw around;
                    }
                    case "crash" -> System.out.println(MemorySegment.ofAddress(1L << 40).reinterpret(8)
                            .get(ValueLayout.JAVA_LONG, 0));
                    case "wrong" -> throw new IllegalStateException("dsyrk [0]: 1, expected 2");
                    default -> System.out.println("well");
                }
            } catch (Throwable thrown) {
                RivalJvm.end(thrown);
            }
        }
    }

    @Test
    void absent() throws Exception {
        assertTrue(RivalJvm.run(Made.class, "absent").why().contains("no nobody_has_this in java.library.path"));
        RivalJvm hidden = RivalJvm.run(Made.class, "hidden");
        assertTrue(hidden.why().contains("ExceptionInInitializerError"), hidden.toString());
        assertFalse(hidden.failed());
    }

    @Test
    void crashes() throws Exception {
        RivalJvm crash = RivalJvm.run(Made.class, "crash");
        assertTrue(crash.why().matches("its JVM ended with exit code \\d+; SIGSEGV.*"), crash.toString());
        assertFalse(crash.failed());
    }

    @Test
    void disagrees() throws Exception {
        RivalJvm wrong = RivalJvm.run(Made.class, "wrong");
        assertTrue(wrong.failed());
        assertTrue(wrong.lines().getFirst().contains("expected 2"), wrong.toString());
    }

    @Test
    void endsWell() throws Exception {
        RivalJvm well = RivalJvm.run(Made.class, "well");
        assertNull(well.why());
        assertFalse(well.failed());
        assertEquals("well", well.lines().getLast());
    }
}
