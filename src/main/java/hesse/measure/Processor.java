package hesse.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The processor's name as the operating system gives it. */
final class Processor {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** From /proc/cpuinfo, else from the variable that Windows sets; empty where neither has it. */
    static Optional<String> name() throws IOException {
        Optional<String> windows = Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
        if (!Files.isReadable(LINUX)) {
            return windows;
        }
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().or(() -> windows);
        }
    }
}
