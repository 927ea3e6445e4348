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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code hesse compare} reads: files that are none of JMH's, numbers that were not measured, what makes a pair.
 */
class CompareInputTest {
    @TempDir
    private Path folder;

    private Path file(String name, Object... results) throws IOException {
        return new JmhFiles(folder).file(name, results);
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
        CommandRun run = option == null ? compare(folder.resolve(base), folder.resolve(head))
                : compare(folder.resolve(base), folder.resolve(head), option);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    /** A value that is no measurement is refused: in base or head, as a time or a rate, in one fork of many. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ops/s|0", "ops/s|-1", "ns/op|0", "ns/op|-0.0", "ns/op|-3.5", "ns/op|\"NaN\"", "ops/s|\"NaN\"",
        "ns/op|\"+INF\"", "ops/s|\"+INF\"", "ops/s|\"-INF\"",
        "ns/op|null", "ns/op|1e999", "ops/s|1e-320", "day/op|1e305", "ns/op|\"2f\""})
    void whatWasNotMeasuredIsRefused(String unit, String number) throws IOException {
        file("good.json", result("p.B.a", NONE, "avgt", unit, 0, new double[][] {{1, 2}, {1, 2}, {1, 2}}));
        String bad = Files.readString(folder.resolve("good.json"))
                .replace("[1.0,2.0],[1.0,2.0]]", "[1.0,2.0],[1.0," + number + "]]");
        Files.writeString(folder.resolve("bad.json"), bad);
        assertRefused("p.B.a: ", compare(folder.resolve("good.json"), folder.resolve("bad.json")));
        assertRefused("p.B.a: ", compare(folder.resolve("bad.json"), folder.resolve("good.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]|ns/op|rawData holds []", "[[]]|ns/op|rawData holds []", "[[1],[]]|ns/op|rawData holds []",
        "null|ns/op|rawData holds null", "[1]|ns/op|rawData holds 1",
        "[[1]]|ns|unit \"ns\"", "[[1]]|parsec/op|unit \"parsec/op\"", "[[1]]|ops/parsec|unit \"ops/parsec\"",
        "[[1]]|ops/|unit \"ops/\"", "[[1]]||unit \"\""})
    void whatJmhDoesNotWriteIsRefusedByName(String data, String unit, String message) throws IOException {
        Files.writeString(folder.resolve("odd.json"),
                "[{\"benchmark\":\"p.B.a\",\"mode\":\"avgt\",\"primaryMetric\":{\"scoreUnit\":\""
                        + (unit == null ? "" : unit) + "\",\"rawData\":" + data + "}}]");
        assertRefused("odd.json: p.B.a: " + message, compare(folder.resolve("odd.json"), folder.resolve("odd.json")));
        assertRefused("no benchmark in common",
                compare(folder.resolve("odd.json"), folder.resolve("odd.json"), "--only", "other"));
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
        double[][] eight = Arrays.stream(one).map(fork -> Arrays.stream(fork).map(t -> 4 * t).toArray())
                .toArray(double[][]::new);
        double[][] twice = Arrays.stream(eight).map(fork -> Arrays.stream(fork).map(t -> 2 * t).toArray())
                .toArray(double[][]::new);
        for (Map<String, Object> other : List.<Map<String, Object>>of(Map.of("threads", 8), Map.of("mode", "ss"),
                Map.of("measurementBatchSize", 1000))) {
            Path base = file("base.json", result("p.B.a", NONE, "avgt", "us/op", 0, one),
                    with(result("p.B.a", NONE, "avgt", "us/op", 0, eight), other));
            Path head = file("head.json", result("p.B.a", NONE, "avgt", "us/op", 0, one),
                    with(result("p.B.a", NONE, "avgt", "us/op", 0, twice), other));
            CommandRun run = compare(base, head);
            assertEquals(1, run.code(), run.out());
            assertTrue(run.out().contains("FAILED: 1 slower, 1 same"), run.out());
        }
    }

    /**
     * The metric's name before JMH 1.37, which began with a middle dot, as it is and as wrong encodings have left it.
     */
    @ParameterizedTest
    @CsvSource({"gc.alloc.rate.norm", "\u00b7gc.alloc.rate.norm", "\u00c2\u00b7gc.alloc.rate.norm",
        "?gc.alloc.rate.norm", "\ufffdgc.alloc.rate.norm", "\u00c3\u201a\u00c2\u00b7gc.alloc.rate.norm",
        "+gc.alloc.rate.norm"})
    void allocationByAllItsNames(String name) throws IOException {
        double[][] same = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        for (int bytes : new int[] {100, 1000}) {
            file(bytes + ".json", with(result("p.B.a", NONE, "avgt", "ns/op", 0, same), Map.of("secondaryMetrics",
                    Map.of("gc.alloc.rate", Map.of("rawData", new double[][] {{1}}), name,
                            Map.of("rawData", new double[][] {{bytes}})))));
        }
        CommandRun run = compare(folder.resolve("100.json"), folder.resolve("1000.json"));
        assertEquals(1, run.code(), run.out());
        assertTrue(run.out().contains("100 -> 1000"), run.out());
        Path none = file("none.json", result("p.B.a", NONE, "avgt", "ns/op", Double.NaN, same));
        assertEquals(0, compare(folder.resolve("100.json"), none).code());
        assertEquals(1, compare(folder.resolve("100.json"), none, "--strict").code());
        assertEquals(0, compare(none, none, "--strict").code());
    }

    @Test
    void differentJvmArgumentsAreRefusedByName() throws IOException {
        double[][] times = {{10, 10.1}, {10.1, 10}, {10, 9.9}};
        Path base = file("base.json",
                with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx1g", "-ea"))));
        Path head = file("head.json",
                with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx2g", "-ea"))));
        Path both = file("both.json",
                with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-Xmx1g", "-ea"))),
                with(result("p.B.a", NONE, "avgt", "ns/op", 0, times), Map.of("jvmArgs", List.of("-ea", "-Xmx1g"))));
        Path unknown = file("unknown.json", result("p.B.a", NONE, "avgt", "ns/op", 0, times));
        assertRefused("p.B.a: -Xmx1g against -Xmx2g; where that is what you compare, say --allow-jvm-arguments",
                compare(base, head));
        assertRefused("-Xmx1g -ea against -ea -Xmx1g", compare(both, both));
        assertEquals(0, compare(base, head, "--allow-jvm-arguments").code());
        assertEquals(0, compare(base, base).code());
        assertEquals(0, compare(base, unknown).code());
    }
}
