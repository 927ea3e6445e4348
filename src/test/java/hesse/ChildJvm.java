package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of the tests in a JVM of its own, with the vector module where this one has it. */
public final class ChildJvm {
    private ChildJvm() {}

    /** Starts a class on the class path of this JVM. */
    public static ProcessBuilder of(Class<?> main, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator, File.pathSeparator)));
        command.addAll(flags);
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** The last line that it prints; fails where its exit code is not that expected. */
    static String lastLine(int code, Class<?> main, List<String> flags, String... arguments) throws IOException, InterruptedException {
        Process process = of(main, flags, arguments).start();
        StringBuilder printed = new StringBuilder();
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                last = line.startsWith("WARNING") ? last : line;
            }
        }
        assertEquals(code, process.waitFor(), printed.toString());
        return code == 0 ? last : printed.toString();
    }
}
