package hesse.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search on made-up times: what it takes, what it leaves, and that it goes on where it was interrupted. */
class TuningSearchTest {
    @TempDir
    private Path folder;

    private final List<String> answer = new ArrayList<>();
    private int measured;

    /** Searches product.depth, whose default is 384, where {@code cost} tells the time of a size. */
    private String search(ToDoubleFunction<Integer> cost) throws IOException, InterruptedException {
        answer.clear();
        measured = 0;
        Path out = folder.resolve("tuning.properties");
        new TuningSearch("product.depth", out, 3, (probe, threads, sizes) -> {
            assertEquals(TuningProbe.PRODUCT, probe);
            assertEquals(1, threads);
            measured++;
            return cost.applyAsDouble(sizes.getOrDefault("product.depth", 384));
        }, answer::add, line -> { }).run("1");
        assertFalse(Files.exists(folder.resolve("tuning.properties.partial")), "notes of a search that is complete");
        return String.join("\n", answer);
    }

    @Test
    void theFastestSizeIsWritten() throws Exception {
        String said = search(size -> size == 256 ? 80 : size == 512 ? 90 : 100);
        assertTrue(said.contains("default 384, 192: 1.000, 256: 0.800, 512: 0.900 -> 256"), said);
        assertTrue(Files.readString(folder.resolve("tuning.properties")).contains("\nproduct.depth=256\n"));
        assertEquals(3 * 4 + 3 * 2, measured);
    }

    @Test
    void aSmallGainIsNone() throws Exception {
        String said = search(size -> size == 256 ? 98 : 100);
        assertTrue(said.contains("-> default stands") && said.contains("No file is written"), said);
        assertFalse(Files.exists(folder.resolve("tuning.properties")));
    }

    @Test
    void aGainMustBeFoundTwice() throws Exception {
        int[] calls = {0};
        String said = search(size -> ++calls[0] <= 12 && size == 256 ? 80 : 100);
        assertTrue(said.contains("-> 256") && said.contains("no gain was found again"), said);
        assertFalse(Files.exists(folder.resolve("tuning.properties")));
    }

    @Test
    void anInterruptedSearchGoesOn() throws Exception {
        assertThrows(IllegalStateException.class, () -> search(size -> {
            if (measured > 5) {
                throw new IllegalStateException("interrupted");
            }
            return 100;
        }));
        search(size -> 100);
        assertEquals(3 * 4 - 5, measured);
    }

    @Test
    void unknownKeysAndTooFewRoundsAreRefused() {
        assertRefused("--only tile: known are product.depth", "tile", 3);
        assertRefused("--rounds 2: at least 3", null, 2);
    }

    private void assertRefused(String message, String only, int rounds) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new TuningSearch(only, folder, rounds, (probe, threads, sizes) -> 1, answer::add, answer::add));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
