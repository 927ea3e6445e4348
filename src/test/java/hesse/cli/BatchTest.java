package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch answers every line or says, with its number, why not; and goes on. */
class BatchTest {
    private static final String GOOD = "{\"expression\":\"x^2\",\"at\":{\"x\":3}}";

    @TempDir
    private Path folder;

    private List<Map<String, Object>> answers(int code, byte[] batch) throws IOException {
        CommandRun run = CommandRun.of("analyze", "--json", "--batch",
                Files.write(folder.resolve("b.jsonl"), batch).toString());
        assertEquals(code, run.code(), run.err());
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            answers.add(JSON.std.mapFrom(line));
        }
        return answers;
    }

    private List<Map<String, Object>> answers(int code, String batch) throws IOException {
        return answers(code, batch.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anErrorForEveryLineThatIsNoProblem() throws IOException {
        String at = "{\"expression\":\"x\",\"at\":";
        List<String> bad = List.of("null", "[]", "[" + GOOD + "]", "3", "\"a\"", "true", "{}",
                GOOD + GOOD, GOOD + " " + GOOD, "{}{}", GOOD + " x", GOOD + "]", "{", "x", "\0", "{\"a\":\0}",
                "[".repeat(100_000), "{\"a\":".repeat(100_000),
                "{\"expression\":3,\"at\":{\"x\":1}}", "{\"expression\":null,\"at\":{\"x\":1}}",
                "{\"expression\":\"x\"}", at + "3}", at + "null}", at + "{}}",
                at + "{\"x\":\"2f\"}}", at + "{\"x\":true}}", at + "{\"x\":[1]}}", at + "{\"x\":null}}",
                at + "[1],\"variables\":\"x\"}", at + "[1],\"variables\":[1]}", at + "[1],\"variables\":[null]}",
                at + "[1,2],\"variables\":[\"x\",\"x\"]}",
                at + "{\"x\":1},\"constraints\":[3]}", at + "{\"x\":1},\"constraints\":[\"\"]}",
                "{\"expression\":\"\",\"at\":{\"x\":1}}", "{\"id\":{},\"expression\":\"x\",\"at\":{\"x\":1}}",
                "{\"id\":1,\"id\":2,\"expression\":\"x\",\"at\":{\"x\":1}}",
                "{\"expression\":\"" + "a".repeat(1_000_000) + "\",\"at\":{\"x\":1}}");
        List<Map<String, Object>> answers = answers(2,
                bad.stream().map(line -> line + "\n" + GOOD + "\n").collect(Collectors.joining()));
        assertEquals(2 * bad.size(), answers.size());
        for (int k = 0; k < bad.size(); k++) {
            Map<String, Object> refused = answers.get(2 * k);
            assertEquals(2 * k + 1, refused.get("line"), bad.get(k));
            String error = refused.get("error").toString();
            assertTrue(error.length() < 1100 && !error.contains("fault of this program"), error);
            assertEquals(9.0, answers.get(2 * k + 1).get("value"));
        }
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(("\ufeff" + GOOD + "\n{\"id\":\"n").getBytes(StandardCharsets.UTF_8));
        bytes.write(0xe9);
        bytes.write(("\"}\n\n  \r\n" + GOOD + "\r" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n', (byte) 0xc3});
        List<Map<String, Object>> answers = answers(2, bytes.toByteArray());
        assertEquals(6, answers.size());
        assertEquals("byte 9 of the line, 0xE9, is no UTF-8", answers.get(1).get("error"));
        assertEquals(2, answers.get(1).get("line"));
        assertEquals(9.0, answers.get(3).get("value"));
        assertEquals(7, answers.get(4).get("line"));
        assertEquals(8, answers.get(5).get("line"));
        CommandRun wide = CommandRun.of("analyze", "--batch",
                Files.writeString(folder.resolve("w"), GOOD, StandardCharsets.UTF_16).toString());
        assertEquals(2, wide.code());
        assertTrue(wide.err().contains("is encoded as UTF-16"), wide.err());
        assertTrue(CommandRun.of("analyze", "--batch", folder.toString()).err().contains("is a folder"));
    }

    /** A line of 100 MB, a Hessian larger than any array, and Hessians larger than this heap. */
    @Test
    void linesThatAreTooLarge() throws IOException, InterruptedException {
        String large = IntStream.range(0, 20_000).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
        String larger = IntStream.range(0, 70_000).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
        Path file = folder.resolve("large.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(GOOD + "\n{\"expression\":\"x0\",\"at\":{" + large + "}}\n{\"expression\":\"x0\",\"at\":{"
                    + larger + "}}\n{\"expression\":\"");
            for (int k = 0; k < 100; k++) {
                out.write("x".repeat(1_000_000));
            }
            out.write("\"}\n{\"expression\":\"" + "(".repeat(50_000) + "x" + ")".repeat(50_000)
                    + "\",\"at\":{\"x\":1}}\n" + GOOD);
        }
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m", "-cp", System.getProperty("java.class.path"),
                "hesse.cli.Main", "analyze", "--batch", file.toString())
                .redirectError(folder.resolve("err").toFile()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines().toList();
        assertEquals(2, process.waitFor());
        assertEquals(6, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("{\"line\":2,\"error\":\"it does not fit the heap"), lines.get(1));
        assertTrue(lines.get(2).startsWith("{\"line\":3,\"error\":\"a symmetric matrix of 70000 rows"), lines.get(2));
        assertTrue(lines.get(3).startsWith("{\"line\":4,\"error\":\"the line is longer than"), lines.get(3));
        for (int k : new int[] {0, 4, 5}) {
            assertNull(JSON.std.mapFrom(lines.get(k)).get("error"));
        }
    }

    @Test
    void nothingIsAskedNothingAnswered() throws IOException {
        assertEquals(List.of(), answers(0, ""));
        assertEquals(List.of(), answers(0, "\n \n"));
    }
}
