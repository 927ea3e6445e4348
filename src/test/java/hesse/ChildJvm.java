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
        String doubled = File.pathSeparator + File.pathSeparator;
        String path = System.getProperty("java.class.path").replace(doubled, File.pathSeparator);
        List<String> command = new ArrayList<>(List.of("-cp", path));
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return of(command);
    }

    /** Starts the main class of a module, both named {@code module/class}; the flags say where modules are found. */
    static ProcessBuilder ofModule(String main, List<String> flags) {
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-m", main));
        return of(command);
    }

    private static ProcessBuilder of(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString()));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** The last line that it prints; fails where its exit code is not that expected. */
    static String lastLine(int code, Class<?> main, List<String> flags, String... arguments) throws IOException,
            InterruptedException {
        return lastLine(code, of(main, flags, arguments));
    }

    /** The last line that a JVM prints, warnings apart, or all that it prints where a failure is expected. */
    static String lastLine(int code, ProcessBuilder jvm) throws IOException, InterruptedException {
        Process process = jvm.start();
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
