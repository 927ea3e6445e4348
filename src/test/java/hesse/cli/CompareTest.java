package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate on made-up JMH results: what it lets pass, what it stops, and what it says. */
class CompareTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir
    private Path folder;

    /** A result as JMH writes it. */
    private static Map<String, Object> result(String name, Map<String, String> params, String mode, String unit, double bytes, double[]... forks) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("benchmark", name);
        entry.put("mode", mode);
        if (!params.isEmpty()) {
            entry.put("params", params);
        }
        entry.put("primaryMetric", Map.of("score", 1, "scoreUnit", unit, "rawData", forks));
        entry.put("secondaryMetrics", Double.isNaN(bytes) ? Map.of()
                : Map.of("gc.alloc.rate.norm", Map.of("scoreUnit", "B/op", "rawData", new double[][] {{bytes, bytes + 3}})));
        return entry;
    }

    private static double[][] forks(int count, double cost, double noise, Random random) {
        return IntStream.range(0, count).mapToObj(k -> {
            double fork = cost * (1 + noise * random.nextGaussian());
            return random.doubles(5, 0.99 * fork, 1.01 * fork).toArray();
        }).toArray(double[][]::new);
    }

    private Path file(String name, Object... results) throws IOException {
        return Files.writeString(folder.resolve(name), JSON.std.asString(List.of(results)));
    }

    private CommandRun compare(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        Arrays.stream(arguments).map(Object::toString).forEach(all::add);
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void noiseIsNoRegression() throws IOException {
        int alarms = 0;
        for (int pair = 0; pair < 20; pair++) {
            Random random = new Random(pair);
            for (String side : List.of("base.json", "head.json")) {
                Files.writeString(folder.resolve(side), JSON.std.asString(IntStream.range(0, 10)
                        .mapToObj(k -> result("p.B.m" + k, NONE, "avgt", "us/op", 0, forks(5, 1 + k, 0.03, random))).toList()));
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
            Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)), result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)));
            Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.15, 0.015, random)), result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.015, random)));
            CommandRun run = compare(base, head);
            caught += run.code();
            assertTrue(run.code() == 0 || run.out().lines().anyMatch(line -> line.startsWith("slower") && line.endsWith("B.a")), run.out());
        }
        assertTrue(caught >= 19, caught + " of 20 caught");
    }

    /** Throughput and other units are costs too. */
    @Test
    void modesAndUnits() throws IOException {
        double[][] before = {{100, 101}, {100, 99}, {100, 102}};
        Path base = file("base.json", result("p.B.a", NONE, "thrpt", "ops/ms", 0, before), result("p.B.b", NONE, "avgt", "us/op", 0, before));
        Path head = file("head.json", result("p.B.a", NONE, "thrpt", "ops/s", 0, new double[][] {{80_000}, {81_000}, {79_000}}),
                result("p.B.b", NONE, "avgt", "ms/op", 0, new double[][] {{0.05}, {0.051}, {0.049}}));
        CommandRun run = compare(base, head);
        assertEquals(1, run.code());
        assertTrue(run.out().matches("(?s).*slower +1\\.26.*B\\.a \\(thrpt\\).*faster +0\\.49.*B\\.b.*"), run.out());
    }

    @Test
    void allocationMissingAndNew() throws IOException {
        double[][] same = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        Path base = file("base.json", result("p.B.a", NONE, "avgt", "ns/op", 0, same), result("p.B.gone", Map.of("n", "4"), "avgt", "ns/op", 0, same));
        Path head = file("head.json", result("p.B.a", NONE, "avgt", "ns/op", 24, same), result("p.B.added", NONE, "avgt", "ns/op", 24, same));
        CommandRun run = compare(base, head);
        assertEquals(1, run.code());
        assertTrue(run.out().contains("FAILED: 1 missing, 1 allocates more, 1 new"), run.out());
        assertTrue(run.out().contains("0 -> 24"), run.out());
        assertEquals(0, compare(base, base, "--allow-missing").code());
        assertEquals(1, compare(base, head, "--only", "gone|added|B.a", "--allow-missing").code());
        Path frugal = file("frugal.json", result("p.B.a", NONE, "avgt", "ns/op", 8, same), result("p.B.gone", Map.of("n", "4"), "avgt", "ns/op", Double.NaN, same));
        CommandRun passed = compare(base, frugal);
        assertEquals(0, passed.code(), passed.out());
        assertTrue(passed.out().contains("allocation not gated in 1 (run JMH with -prof gc)"), passed.out());
    }

    /** A machine of half the speed: everything takes twice the time, the reference too. */
    @Test
    void aReferenceRemovesTheMachine() throws IOException {
        Random random = new Random(1);
        Path base = file("base.json", result("p.B.fast", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 1, 0.01, random)),
                result("p.B.twin", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 8, 0.01, random)));
        Path head = file("head.json", result("p.B.fast", Map.of("n", "4"), "avgt", "us/op", 0, forks(5, 2, 0.01, random)),
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
                file(side + "/" + k + ".json", result("p.B.a", NONE, "avgt", "us/op", 0, new double[][] {{cost, cost}}));
            }
        }
        CommandRun few = compare(folder.resolve("base/0.json"), folder.resolve("head/0.json"));
        assertEquals(0, few.code());
        assertTrue(few.out().contains("unjudged: fewer than 3 forks"), few.out());
        assertEquals(1, compare(folder.resolve("base"), folder.resolve("head")).code());
    }

    @Test
    void markdownJsonAndPlot() throws IOException {
        Random random = new Random(1);
        Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)), result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)));
        Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, forks(5, 1.4, 0.01, random)), result("p.B.b", NONE, "avgt", "us/op", 0, forks(5, 1, 0.01, random)));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "none.json | head.json | | none.json: no such file",
        "text.json | head.json | | not a JSON list as JMH writes it",
        "object.json | head.json | | not a result as JMH writes it",
        "empty.json | head.json | | no benchmark in common: base has 0, head 1",
        "head.json | head.json | --fail-over=much | expected a percentage such as 10%",
        "head.json | head.json | --plot=a.pdf | must end in .svg or .png"
    })
    void badInput(String base, String head, String option, String message) throws IOException {
        Files.writeString(folder.resolve("text.json"), "What?");
        Files.writeString(folder.resolve("object.json"), "[{\"a\":1}]");
        Files.writeString(folder.resolve("empty.json"), "[]");
        file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, new double[][] {{1}, {1}, {1}}));
        CommandRun run = option == null ? compare(folder.resolve(base), folder.resolve(head)) : compare(folder.resolve(base), folder.resolve(head), option);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    @Test
    void commandsThatMeasureSayWhatIsMissing() {
        CommandRun bench = CommandRun.of("bench", "--jar", folder.resolve("none.jar").toString());
        assertEquals(2, bench.code());
        assertTrue(bench.err().contains("mvn -Pjmh -DskipTests package"), bench.err());
        CommandRun tune = CommandRun.of("tune", "--only", "tile");
        assertEquals(2, tune.code());
        assertTrue(tune.err().contains("known are product.depth"), tune.err());
        assertTrue(CommandRun.of("tune", "--rounds", "1").err().contains("at least 3"));
    }
}
