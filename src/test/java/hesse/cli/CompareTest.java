package hesse.cli;

import static hesse.cli.JmhFiles.NONE;
import static hesse.cli.JmhFiles.compare;
import static hesse.cli.JmhFiles.forks;
import static hesse.cli.JmhFiles.result;
import static hesse.cli.JmhFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on made-up JMH results: what it lets pass, what it stops, and what it says. */
class CompareTest {
    @TempDir
    private Path folder;

    private Path file(String name, Object... results) throws IOException {
        return new JmhFiles(folder).file(name, results);
    }

    @Test
    void noiseIsNoRegression() throws IOException {
        int alarms = 0;
        for (int pair = 0; pair < 20; pair++) {
            Random random = new Random(pair);
            for (String side : List.of("base.json", "head.json")) {
                Files.writeString(folder.resolve(side), JSON.std.asString(IntStream.range(0, 10)
                        .mapToObj(k -> result("p.B.m" + k, NONE, "avgt", "us/op", 0, forks(5, 1 + k, 0.03, random)))
                        .toList()));
            }
            alarms += compare(folder.resolve("base.json"), folder.resolve("head.json")).code();
        }
        assertTrue(alarms <= 1, alarms + " alarms");
    }

    @Test
    void aSlowDownIsCaught() throws IOException {
        int caught = 0;
        for (int pair = 0; pair < 20; pair++) {
            Random random = new Random(pair);
            Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)),
                    result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)));
            Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.15, 0.015, random)),
                    result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)));
            CommandRun run = compare(base, head);
            caught += run.code();
            assertTrue(run.code() == 0
                    || run.out().lines()
                    .anyMatch(line -> line.startsWith("slower") && line.endsWith("B.a")), run.out());
        }
        assertTrue(caught >= 19, caught + " of 20 caught");
    }

    /** Throughput and other units are costs too. */
    @Test
    void modesAndUnits() throws IOException {
        double[][] before = {{100, 101}, {100, 99}, {100, 102}};
        Path base = file("base.json", result("p.B.a", NONE, "thrpt", "ops/ms", 0, before),
                result("p.B.b", NONE, "avgt", "us/op", 0, before));
        Path head = file("head.json",
                result("p.B.a", NONE, "thrpt", "ops/s", 0, new double[][] {{80_000}, {81_000}, {79_000}}),
                result("p.B.b", NONE, "avgt", "ms/op", 0, new double[][] {{0.05}, {0.051}, {0.049}}));
        CommandRun run = compare(base, head);
        assertEquals(1, run.code());
        assertTrue(run.out().matches("(?s).*slower +1\\.26.*B\\.a \\(thrpt\\).*faster +0\\.49.*B\\.b.*"), run.out());
    }

    @Test
    void allocationMissingAndNew() throws IOException {
        double[][] same = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        Path base = file("base.json", result("p.B.a", NONE, "avgt", "ns/op", 0, same),
                result("p.B.gone", Map.of("n", "4"), "avgt", "ns/op", 0, same));
        Path head = file("head.json", result("p.B.a", NONE, "avgt", "ns/op", 24, same),
                result("p.B.added", NONE, "avgt", "ns/op", 24, same));
        CommandRun run = compare(base, head);
        assertEquals(1, run.code());
        assertTrue(run.out().contains("FAILED: 1 missing, 1 allocates more, 1 new"), run.out());
        assertTrue(run.out().contains("0 -> 24"), run.out());
        assertEquals(0, compare(base, base, "--allow-missing").code());
        assertEquals(1, compare(base, head, "--only", "gone|added|B.a", "--allow-missing").code());
        Path fewer = file("fewer.json", result("p.B.a", NONE, "avgt", "ns/op", 0, same));
        CommandRun allowed = compare(base, fewer, "--allow-missing", "--strict");
        assertEquals(0, allowed.code(), allowed.out());
        assertTrue(allowed.out().contains("passed: 1 missing (allowed), 1 same"), allowed.out());
        assertEquals(1, compare(base, fewer).code());
        Path frugal = file("frugal.json", result("p.B.a", NONE, "avgt", "ns/op", 8, same),
                result("p.B.gone", Map.of("n", "4"), "avgt", "ns/op", Double.NaN, same));
        CommandRun passed = compare(base, frugal);
        assertEquals(0, passed.code(), passed.out());
        assertTrue(passed.out().contains("allocation not gated in 1 (run JMH with -prof gc)"), passed.out());
    }

    /** A machine of half the speed: everything takes twice the time, the reference too. */
    @Test
    void aReferenceRemovesTheMachine() throws IOException {
        Random random = new Random(1);
        Path base = file("base.json",
                result("p.B.fast", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 1, 0.01, random)),
                result("p.B.twin", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 8, 0.01, random)));
        Path head = file("head.json",
                result("p.B.fast", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 2, 0.01, random)),
                result("p.B.twin", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 16, 0.01, random)));
        assertEquals(1, compare(base, head).code());
        assertEquals(0, compare(base, head, "--reference", "twin").code());
        assertEquals(0, compare(base, head, "--reference", "B.twin n=4").code());
        CommandRun wrong = compare(base, head, "--reference", "other");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("no benchmark has a name that ends so"), wrong.err());
    }

    /** Runs of the same code that differ by 30 % raise the limit. */
    @Test
    void aNoiseFloor() throws IOException {
        Random random = new Random(1);
        Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)));
        Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.2, 0.01, random)));
        Path other = file("other.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.3, 0.01, random)));
        assertEquals(1, compare(base, head).code());
        assertEquals(0, compare(base, head, "--noise", base, other).code());
        assertEquals(0, compare(base, head, "--fail-over", "0.25").code());
        assertTrue(compare(base, head, "--noise", base).err().contains("give two or more"));
    }

    /** Two forks are too few to judge, four files of a folder are not. */
    @Test
    void forksOfAFolderAddUp() throws IOException {
        for (String side : List.of("base", "head")) {
            Files.createDirectories(folder.resolve(side));
            for (int k = 0; k < 4; k++) {
                double cost = (side.equals("base") ? 1 : 1.5) * (1 + 0.001 * k);
                file(side + "/" + k + ".json",
                        result("p.B.a", NONE, "avgt", "us/op", 0, new double[][] {{cost, cost}}));
            }
        }
        CommandRun few = compare(folder.resolve("base/0.json"), folder.resolve("head/0.json"));
        assertEquals(0, few.code());
        assertTrue(few.out().contains("1 unjudged; 1 of fewer than 3 forks on a side: judged by iterations"),
                few.out());
        assertEquals(1, compare(folder.resolve("base/0.json"), folder.resolve("head/0.json"), "--strict").code());
        assertEquals(1, compare(folder.resolve("base"), folder.resolve("head")).code());
    }

    @Test
    void markdownJsonAndPlot() throws IOException {
        Random random = new Random(1);
        Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)),
                result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)));
        Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.4, 0.01, random)),
                result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)));
        Path markdown = folder.resolve("a.md");
        Path json = folder.resolve("a.json");
        Path plot = folder.resolve("a.png");
        CommandRun run = compare(base, head, "--markdown", markdown, "--json", json, "--plot", plot);
        assertEquals(1, run.code());
        assertEquals(run.out(), compare(base, head).out());
        String text = Files.readString(markdown);
        assertTrue(text.startsWith("### Performance: FAILED: 1 slower, 1 same") && text.contains("<details>"), text);
        Map<String, Object> answer = JSON.std.mapFrom(Files.readString(json));
        assertEquals(false, answer.get("passed"));
        Map<?, ?> worst = (Map<?, ?>) ((List<?>) answer.get("benchmarks")).getFirst();
        assertEquals("slower", worst.get("verdict"));
        assertEquals(1.4, (Double) worst.get("ratio"), 0.05);
        assertEquals(1000, ImageIO.read(plot.toFile()).getWidth() * 72 / 150, 20);
    }

    /**
     * Without forks to tell how forks differ, iterations judge, to a wider limit: 3 times slower fails, the same code
     * does not.
     */
    @Test
    void oneForkIsJudgedByItsIterations() throws IOException {
        double[][] times = {{10, 10.5, 11, 10.2, 10.1}};
        for (double factor : new double[] {1, 1.3, 3, 1 / 3.0}) {
            file(factor + ".json", IntStream.range(0, 80).mapToObj(k -> result("p.B.m" + k, NONE, "avgt", "ns/op", 0,
                    new double[][] {Arrays.stream(times[0]).map(t -> factor * t).toArray()})).toArray());
        }
        Path base = folder.resolve("1.0.json");
        for (double factor : new double[] {1, 1.3, 1 / 3.0}) {
            CommandRun run = compare(base, folder.resolve(factor + ".json"), "--strict");
            assertEquals(0, run.code(), run.out());
            assertTrue(run.out().contains("80 of fewer than 3 forks on a side: judged by iterations, to a limit 1.8 "
                    + "times as wide"), run.out());
        }
        CommandRun slow = compare(base, folder.resolve("3.0.json"));
        assertEquals(1, slow.code());
        assertTrue(slow.out().contains("FAILED: 80 slower"), slow.out());
        Path mixed = file("mixed.json", IntStream.range(0, 80)
                .mapToObj(k -> result("p.B.m" + k, NONE, "avgt", "ns/op", 0, new double[][] {{30, 10.4, 32}}))
                .toArray());
        assertEquals(0, compare(base, mixed).code(), "iterations that overlap");
    }
}
