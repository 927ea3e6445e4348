package hesse.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's folder: its three files, that none is overwritten, and the tables made of it. */
class RunRecordTest {
    private static final String RESULT = """
            {"jvm" : "/opt/jdk/bin/java", "benchmark" : "p.q.SymvBenchmark.%s", "params" : {"n" : "64"},
             "primaryMetric" : {"rawData" : [[3, 1, 2], [5, 4, 6], [2, 2, 2]]},
             "secondaryMetrics" : {"gc.alloc.rate.norm" : {"score" : 16}}}""";

    @TempDir
    private Path folder;

    private RunRecord begin() throws IOException {
        return RunRecord.begin(folder, "a command", List.of("-Xmx1g"), 3, "-quick", true);
    }

    private Path jmh(String... methods) throws IOException {
        String results = String.join(",", List.of(methods).stream().map(RESULT::formatted).toList());
        return Files.writeString(folder.resolve("part.json"), "[" + results + "]");
    }

    @Test
    void threeFiles() throws IOException {
        RunRecord record = begin();
        record.add(jmh("simd"));
        record.add(jmh("rival"));
        assertFalse(record.discardEmpty());
        assertEquals(2, RunRecord.results(record.folder()).size());
        assertFalse(Files.readString(record.folder().resolve("jmh.json")).contains("/opt"), "the JVM's path stays out");
        Map<String, Object> env = RunRecord.environment(record.folder());
        assertEquals(List.of("cpu", "cores", "os", "jdk", "vm", "runtime", "git", "dirty", "date",
                "command", "jvmArguments",
                "forks", "tuning"), List.copyOf(env.keySet()));
        assertTrue(record.folder().getFileName().toString().startsWith(env.get("date") + "_"),
                record.folder().toString());
        String summary = Files.readString(record.folder().resolve("summary.md"));
        assertTrue(summary.contains("## Symv\n| |simd|rival|bytes allocated by simd|\n|---|---|---|---|\n"), summary);
        assertTrue(summary.contains("|64|2.000|2.000 (1.00)|16|"), summary);
        assertEquals(Map.of("Symv", Map.of("64", Map.of("simd", 2.0, "rival", 2.0))),
                RunSummary.times(RunRecord.results(record.folder())));
    }

    @Test
    void noRunIsOverwritten() throws IOException {
        Path first = begin().folder();
        Path second = begin().folder();
        assertNotEquals(first, second);
        assertEquals(first + "-2", second.toString());
    }

    @Test
    void anEmptyRunLeavesNothing() throws IOException {
        RunRecord record = begin();
        assertTrue(record.discardEmpty());
        assertFalse(Files.exists(record.folder()));
    }
}
