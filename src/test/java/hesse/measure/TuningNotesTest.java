package hesse.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes of measurements after all that may happen to a file: cut off, written over, of another machine. */
class TuningNotesTest {
    private static final String HERE = "by hesse tune: a processor, 2 cores; JDK 25; Hesse 1";
    private static final int COUNT = 40;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void someNotes() throws IOException {
        file = folder.resolve("tuning.partial");
        TuningNotes notes = TuningNotes.open(file, HERE);
        for (int k = 0; k < COUNT; k++) {
            notes.keep("product.depth {} round " + k, 1e6 / 3 + k);
        }
    }

    /** How many are left; those that are must be right. */
    private int left(TuningNotes notes) {
        int left = 0;
        for (int k = 0; k < COUNT; k++) {
            if (notes.has("product.depth {} round " + k)) {
                assertEquals(1e6 / 3 + k, notes.cost("product.depth {} round " + k));
                left++;
            }
        }
        return left;
    }

    @Test
    void theyGoOn() throws IOException {
        assertEquals(COUNT, left(TuningNotes.open(file, HERE)));
        TuningNotes.open(file, HERE).keep("another", 7);
        assertEquals(7, TuningNotes.open(file, HERE).cost("another"));
        TuningNotes.open(file, HERE).remove();
        assertFalse(Files.exists(file));
        assertEquals(0, left(TuningNotes.open(file, HERE)));
    }

    /**
     * A crash may cut a number so that it is still a number: 333333.3 as 333. Whatever is kept next begins a line of
     * its own.
     */
    @Test
    void cutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int head = Files.readAllLines(file).getFirst().length();
        for (int length = head; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            TuningNotes notes = TuningNotes.open(file, HERE);
            int left = left(notes);
            assertTrue(left >= (length - head) * COUNT / (whole.length - head) - 2, left + " of " + length);
            notes.keep("another", 7);
            assertEquals(left, left(TuningNotes.open(file, HERE)));
            assertEquals(7, TuningNotes.open(file, HERE).cost("another"));
        }
    }

    @Test
    void writtenOverAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int head = Files.readAllLines(file).getFirst().length() + 1;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            int at = head + random.nextInt(whole.length - head);
            for (int i = at; i < Math.min(whole.length, at + 30); i++) {
                damaged[i] = (byte) (seed % 2 == 0 ? 0 : random.nextInt(256));
            }
            Files.write(file, damaged);
            assertTrue(left(TuningNotes.open(file, HERE)) >= COUNT - 3, "seed " + seed);
        }
    }

    @Test
    void ofAnotherMachineJdkOrVersion() throws IOException {
        for (String other : new String[] {HERE.replace("2 cores", "8 cores"), HERE.replace("25", "26"),
                HERE.replace("Hesse 1", "Hesse 2")}) {
            someNotes();
            assertEquals(0, left(TuningNotes.open(file, other)), other);
            assertTrue(Files.readString(Path.of(file + ".other")).startsWith("# " + HERE), "put aside, not lost");
        }
        Files.writeString(file, "product.depth {} round 0 12345.6\n");
        assertEquals(0, left(TuningNotes.open(file, HERE)), "notes without a mark");
    }
}
