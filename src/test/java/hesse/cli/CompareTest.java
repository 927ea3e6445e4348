package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        Path fewer = file("fewer.json", result("p.B.a", NONE, "avgt", "ns/op", 0, same));
        CommandRun allowed = compare(base, fewer, "--allow-missing", "--strict");
        assertEquals(0, allowed.code(), allowed.out());
        assertTrue(allowed.out().contains("passed: 1 missing (allowed), 1 same"), allowed.out());
        assertEquals(1, compare(base, fewer).code());
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
        assertTrue(few.out().contains("1 unjudged; 1 of fewer than 3 forks on a side: judged by iterations"), few.out());
        assertEquals(1, compare(folder.resolve("base/0.json"), folder.resolve("head/0.json"), "--strict").code());
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
        "latin.json | head.json | | latin.json, line 1: byte 0xE9 is no UTF-8",
        "wide.json | head.json | | wide.json is encoded as UTF-16",
        "two.json | head.json | | two.json: not one JSON list",
        "folder | head.json | | folder: no .json file",
        "head.json | head.json | --only=( | --only (: ",
        "head.json | head.json | --fail-over=0x1p-3 | expected a percentage",
        "head.json | head.json | --fail-over=much | expected a percentage such as 10%",
        "head.json | head.json | --plot=a.pdf | must end in .svg or .png"
    })
    void badInput(String base, String head, String option, String message) throws IOException {
        Files.writeString(folder.resolve("text.json"), "What?");
        Files.writeString(folder.resolve("object.json"), "[{\"a\":1}]");
        Files.writeString(folder.resolve("empty.json"), "[]");
        Files.writeString(folder.resolve("two.json"), "[][]");
        Files.writeString(folder.resolve("latin.json"), "[\"\u00e9\"]", StandardCharsets.ISO_8859_1);
        Files.writeString(folder.resolve("wide.json"), "[]", StandardCharsets.UTF_16);
        Files.createDirectories(folder.resolve("folder"));
        file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, new double[][] {{1}, {1}, {1}}));
        CommandRun run = option == null ? compare(folder.resolve(base), folder.resolve(head)) : compare(folder.resolve(base), folder.resolve(head), option);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    /** What is no measurement never passes: not in base, in head, in a time or a rate, not in one fork of many. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ops/s|0", "ops/s|-1", "ns/op|0", "ns/op|-0.0", "ns/op|-3.5", "ns/op|\"NaN\"", "ops/s|\"NaN\"", "ns/op|\"+INF\"", "ops/s|\"+INF\"", "ops/s|\"-INF\"",
        "ns/op|null", "ns/op|1e999", "ops/s|1e-320", "day/op|1e305", "ns/op|\"2f\""})
    void whatWasNotMeasuredIsRefused(String unit, String number) throws IOException {
        file("good.json", result("p.B.a", NONE, "avgt", unit, 0, new double[][] {{1, 2}, {1, 2}, {1, 2}}));
        String bad = Files.readString(folder.resolve("good.json")).replace("[1.0,2.0],[1.0,2.0]]", "[1.0,2.0],[1.0," + number + "]]");
        Files.writeString(folder.resolve("bad.json"), bad);
        assertRefused("p.B.a: ", compare(folder.resolve("good.json"), folder.resolve("bad.json")));
        assertRefused("p.B.a: ", compare(folder.resolve("bad.json"), folder.resolve("good.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]|ns/op|rawData holds []", "[[]]|ns/op|rawData holds []", "[[1],[]]|ns/op|rawData holds []", "null|ns/op|rawData holds null", "[1]|ns/op|rawData holds 1",
        "[[1]]|ns|unit \"ns\"", "[[1]]|parsec/op|unit \"parsec/op\"", "[[1]]|ops/parsec|unit \"ops/parsec\"", "[[1]]|ops/|unit \"ops/\"", "[[1]]||unit \"\""})
    void whatJmhDoesNotWriteIsRefusedByName(String data, String unit, String message) throws IOException {
        Files.writeString(folder.resolve("odd.json"), "[{\"benchmark\":\"p.B.a\",\"mode\":\"avgt\",\"primaryMetric\":{\"scoreUnit\":\"" + (unit == null ? "" : unit)
                + "\",\"rawData\":" + data + "}}]");
        assertRefused("odd.json: p.B.a: " + message, compare(folder.resolve("odd.json"), folder.resolve("odd.json")));
        assertRefused("no benchmark in common", compare(folder.resolve("odd.json"), folder.resolve("odd.json"), "--only", "other"));
    }

    private static void assertRefused(String message, CommandRun run) {
        assertEquals(2, run.code(), run.out());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("hesse: ") && run.err().contains(message), run.err());
    }

    /** A slow-down at 8 threads does not hide behind the forks at 1 thread; nor does one of a mode, or of a batch. */
    @Test
    void threadsModeAndBatchArePartOfThePair() throws IOException {
        double[][] one = {{1, 1.01}, {1, 1.01}, {1.01, 1}, {1, 1.01}, {1, 1.02}};
        double[][] eight = Arrays.stream(one).map(fork -> Arrays.stream(fork).map(t -> 4 * t).toArray()).toArray(double[][]::new);
        double[][] twice = Arrays.stream(eight).map(fork -> Arrays.stream(fork).map(t -> 2 * t).toArray()).toArray(double[][]::new);
        for (Map<String, Object> other : List.<Map<String, Object>>of(Map.of("threads", 8), Map.of("mode", "ss"), Map.of("measurementBatchSize", 1000))) {
            Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, one), with(result("p.B.a", NONE, "avgt", "us/op", 0, eight), other));
            Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, one), with(result("p.B.a", NONE, "avgt", "us/op", 0, twice), other));
            CommandRun run = compare(base, head);
            assertEquals(1, run.code(), run.out());
            assertTrue(run.out().contains("FAILED: 1 slower, 1 same"), run.out());
        }
    }

    private static Map<String, Object> with(Map<String, Object> result, Map<String, ?> entries) {
        result.putAll(entries);
        return result;
    }

    /** The metric's name before JMH 1.37, as it is and as encodings have left it. */
    @ParameterizedTest
    @CsvSource({"gc.alloc.rate.norm", "\u00b7gc.alloc.rate.norm", "\u00c2\u00b7gc.alloc.rate.norm", "?gc.alloc.rate.norm", "\ufffdgc.alloc.rate.norm",
        "\u00c3\u201a\u00c2\u00b7gc.alloc.rate.norm", "+gc.alloc.rate.norm"})
    void allocationByAllItsNames(String name) throws IOException {
        double[][] same = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        for (int bytes : new int[] {100, 1000}) {
            file(bytes + ".json", with(result("p.B.a", NONE, "avgt", "ns/op", 0, same), Map.of("secondaryMetrics",
                    Map.of("gc.alloc.rate", Map.of("rawData", new double[][] {{1}}), name, Map.of("rawData", new double[][] {{bytes}})))));
        }
        CommandRun run = compare(folder.resolve("100.json"), folder.resolve("1000.json"));
        assertEquals(1, run.code(), run.out());
        assertTrue(run.out().contains("100 -> 1000"), run.out());
        Path none = file("none.json", result("p.B.a", NONE, "avgt", "ns/op", Double.NaN, same));
        assertEquals(0, compare(folder.resolve("100.json"), none).code());
        assertEquals(1, compare(folder.resolve("100.json"), none, "--strict").code());
        assertEquals(0, compare(none, none, "--strict").code());
    }

    /** Without forks to tell how forks differ, iterations judge, to a wider limit: 3 times slower fails, the same code does not. */
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
            assertTrue(run.out().contains("80 of fewer than 3 forks on a side: judged by iterations, to a limit 1.8 times as wide"), run.out());
        }
        CommandRun slow = compare(base, folder.resolve("3.0.json"));
        assertEquals(1, slow.code());
        assertTrue(slow.out().contains("FAILED: 80 slower"), slow.out());
        Path mixed = file("mixed.json", IntStream.range(0, 80).mapToObj(k -> result("p.B.m" + k, NONE, "avgt", "ns/op", 0, new double[][] {{30, 10.4, 32}})).toArray());
        assertEquals(0, compare(base, mixed).code(), "iterations that overlap");
    }

    @Test
    void differentJvmArgumentsAreRefusedByName() throws IOException {
        double[][] times = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        Path base = file("base.json", with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx1g", "-ea"))));
        Path head = file("head.json", with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx2g", "-ea"))));
        Path both = file("both.json", with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx1g", "-ea"))),
                with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-ea", "-Xmx1g"))));
        Path unknown = file("unknown.json", result("p.B.a", NONE, "avgt", "ns/op", 0, times));
        assertRefused("p.B.a: -Xmx1g against -Xmx2g; where that is what you compare, say --allow-jvm-arguments", compare(base, head));
        assertRefused("-Xmx1g -ea against -ea -Xmx1g", compare(both, both));
        assertEquals(0, compare(base, head, "--allow-jvm-arguments").code());
        assertEquals(0, compare(base, base).code());
        assertEquals(0, compare(base, unknown).code());
    }
}
