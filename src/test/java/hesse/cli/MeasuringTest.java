package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that measure: {@code bench} with jars of any kind, {@code tune} with options that it refuses. */
class MeasuringTest {
    @TempDir
    private Path folder;

    /** The class that the made-up jar names: it ends with the number of its arguments. */
    static final class Made {
        private Made() {}

        public static void main(String[] arguments) {
            System.exit(10 + arguments.length);
        }
    }

    private Path jar(String benchClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (benchClass != null) {
            manifest.getMainAttributes().putValue("Hesse-Bench-Class", benchClass);
        }
        Path file = folder.resolve("benchmarks.jar");
        String entry = Made.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream in = Made.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        return file;
    }

    @Test
    void theManifestNamesTheClassAndOptionsArePassedOn() throws IOException {
        String jar = jar(Made.class.getName()).toString();
        assertEquals(10, CommandRun.of("bench", "--jar", jar).code());
        String out = folder.toString();
        assertEquals(17, CommandRun.of("bench", "--jar", jar, "--quick", "--allow-dirty", "--forks", "2", "--out", out,
                "kernel").code());
    }

    @Test
    void aJarWithoutBenchmarksIsRefused() throws IOException {
        CommandRun run = CommandRun.of("bench", "--jar", jar(null).toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("benchmarks.jar holds no benchmarks of Hesse's"), run.err());
    }

    @Test
    void aMissingJarIsRefused() {
        CommandRun run = CommandRun.of("bench", "--jar", folder.resolve("none.jar").toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("mvn -Pjmh -DskipTests package"), run.err());
    }

    @Test
    void tuneRefusesWhatItDoesNotKnow() {
        CommandRun tune = CommandRun.of("tune", "--only", "tile");
        assertEquals(2, tune.code());
        assertTrue(tune.err().contains("known are product.depth"), tune.err());
        assertTrue(CommandRun.of("tune", "--rounds", "1").err().contains("at least 3"));
    }
}
