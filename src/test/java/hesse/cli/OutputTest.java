package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that cannot be written, help without a terminal, and child JVMs whose parent ends. */
class OutputTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    private static ProcessBuilder jvm(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp",
                System.getProperty("java.class.path"), "hesse.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String error(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path batch(int lines) throws IOException {
        return Files.writeString(folder.resolve("batch.jsonl"),
                "{\"expression\":\"x^2\",\"at\":{\"x\":1}}\n".repeat(lines));
    }

    @Test
    void aFullDiskUnderStandardOutputIsTold() throws IOException, InterruptedException {
        assumeTrue(Files.exists(FULL));
        for (List<String> arguments : List.of(List.of("--help"), List.of("analyze", "--batch", batch(1).toString()),
                List.of("minimize", "x^2", "--from", "x=1"))) {
            Process process = jvm(arguments.toArray(String[]::new)).redirectOutput(FULL.toFile()).start();
            String told = error(process).lines().filter(line -> !line.contains("incubator"))
                    .collect(Collectors.joining("\n"));
            assertEquals("hesse: standard output: No space left on device", told, arguments.toString());
            assertEquals(1, process.waitFor());
        }
    }

    /** A reader that goes away ends the batch: not a million answers for nobody. */
    @Test
    void aClosedPipeIsTold() throws IOException, InterruptedException {
        Process process = jvm("analyze", "--batch", batch(1_000_000).toString()).start();
        assertTrue(process.getInputStream().read() > 0);
        process.getInputStream().close();
        assertTrue(error(process).contains("hesse: standard output: Broken pipe"));
        assertEquals(1, process.waitFor());
    }

    @Test
    void filesThatCannotBeWrittenAreNamed() throws IOException {
        assumeTrue(Files.exists(FULL));
        Path svg = Files.createSymbolicLink(folder.resolve("full.svg"), FULL);
        Path png = Files.createSymbolicLink(folder.resolve("full.png"), FULL);
        Path file = Files.writeString(folder.resolve("file"), "");
        String results = """
                [{"benchmark":"p.B.a","mode":"avgt",
                  "primaryMetric":{"scoreUnit":"ns/op","rawData":[[1,2],[1,2],[1,2]]}}]""";
        String base = Files.writeString(folder.resolve("base.json"), results).toString();
        for (Path plot : List.of(svg, png, file.resolve("p.svg"), folder.resolve("file/deep/p.png"))) {
            assertUnwritten(plot, "analyze", "x^2+y", "--at", "x=1,y=1", "--plot", plot.toString());
        }
        assertUnwritten(svg, "minimize", "x^2+y^2", "--from", "x=1,y=1", "--plot", svg.toString());
        assertUnwritten(png, "minimize", "x^2+y^2", "--from", "x=1,y=1", "--convergence", png.toString());
        assertUnwritten(svg, "compare", base, base, "--plot", svg.toString());
        for (Path answer : List.of(FULL, folder, file.resolve("a.json"))) {
            assertUnwritten(answer, "compare", base, base, "--json", answer.toString());
            assertUnwritten(answer, "compare", base, base, "--markdown", answer.toString());
        }
        assertUnwritten(Path.of(file + "/t.partial"), "tune", "--only", "product.depth", "--out", file + "/t");
        assertUnwritten(file.resolve("demo-misra1a.svg"), "demo", "--out", file.toString());
    }

    private static void assertUnwritten(Path file, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("hesse: " + file), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }

    @Test
    void helpWarnsOfNothing() {
        for (String command : List.of("", "analyze", "minimize", "fit", "demo", "bench", "compare", "tune")) {
            CommandRun run = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");
            assertEquals("", run.err(), command);
            assertEquals(0, run.code());
            assertFalse(run.out().contains("%%") || run.out().contains("${") || run.out().contains("%n"), run.out());
            assertTrue(run.out().startsWith("Usage: hesse"), run.out());
        }
    }

    /** The measuring JVM does not outlive a search that is told to end, and what was measured stays. */
    @Test
    void tuneEndsItsMeasurements() throws IOException, InterruptedException {
        Process tune = jvm("tune", "--only", "product.depth", "--rounds", "3", "--out", folder.resolve("t").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("told").toFile()).start();
        List<ProcessHandle> children = List.of();
        for (int k = 0; k < 6000 && children.isEmpty() && tune.isAlive(); k++) {
            Thread.sleep(10);
            children = tune.descendants().toList();
        }
        assertFalse(children.isEmpty(), Files.readString(folder.resolve("told")));
        tune.destroy();
        assertTrue(tune.waitFor(60, TimeUnit.SECONDS));
        for (ProcessHandle child : children) {
            for (int k = 0; k < 3000 && child.isAlive(); k++) {
                Thread.sleep(10);
            }
            assertFalse(child.isAlive(), "a measuring JVM goes on");
        }
        assertTrue(Files.readString(folder.resolve("t.partial")).startsWith("# by hesse tune: "));
    }
}
