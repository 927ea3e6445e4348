package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A system property whose value is not allowed: every entry refuses it by the same message, however often it is tried.
 */
class PropertiesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hesse.tier|simd|auto, scalar, lanes or fused",
        "hesse.tier|''|auto, scalar, lanes or fused",
        "hesse.threads|four|a whole number from 1 to 2147483647",
        "hesse.threads|0|a whole number from 1 to 2147483647",
        "hesse.threads|-3|a whole number from 1 to 2147483647",
        "hesse.threads|3000000000|a whole number from 1 to 2147483647",
        "hesse.threads|''|a whole number from 1 to 2147483647",
        "hesse.bits|64|128, 256 or 512",
        "hesse.bits|0|128, 256 or 512",
        "hesse.bits|wide|128, 256 or 512"
    })
    void isRefused(String property, String value, String expected) throws Exception {
        String message = "the system property " + property + " is \"" + value + "\", expected " + expected;
        assertEquals("7 times " + message, ChildJvm.lastLine(0, InJvm.class, List.of("-D" + property + "=" + value)));
    }

    @Test
    void tuningFilesAreRefused() throws Exception {
        String missing = folder.resolve("none").toString();
        assertEquals("7 times hesse.tuning: " + missing
                + " cannot be read: java.nio.file.NoSuchFileException: " + missing,
                ChildJvm.lastLine(0, InJvm.class, List.of("-Dhesse.tuning=" + missing)));
    }

    @Test
    void allowedValuesServe() throws Exception {
        for (String flag : List.of("-Dhesse.tier=Lanes", "-Dhesse.tier=AUTO", "-Dhesse.threads=3", "-Dhesse.bits=128",
                "-Dhesse.bits=512")) {
            assertEquals("0 times null", ChildJvm.lastLine(0, InJvm.class, List.of(flag)), flag);
        }
    }

    /** What runs in a JVM of its own: enters the library in seven ways. */
    static final class InJvm {
        private static int refused;
        private static String message;

        private InJvm() {}

        public static void main(String[] arguments) {
            enter(() -> SymmetricMatrix.of(3));
            enter(() -> Objective.of(1, x -> x.get(0)).gradient(new double[1]));
            enter(() -> Objective.of(1, x -> x.get(0)));
            enter(() -> VectorFunction.of(2, x -> x));
            enter(Hesse::runtime);
            enter(Settings::defaults);
            enter(() -> Matrix.of(2, 2));
            System.out.println(refused + " times " + message);
        }

        private static void enter(Runnable entry) {
            try {
                entry.run();
            } catch (IllegalArgumentException e) {
                if (message != null && !message.equals(e.getMessage())) {
                    throw new AssertionError(message + " and then " + e.getMessage());
                }
                message = e.getMessage();
                refused++;
            }
        }
    }
}
