package hesse.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that is ended when it is closed, and when this JVM is told to end, as by SIGTERM. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    private ChildProcess(Process process) {
        this.process = process;
        this.hook = new Thread(this::end);
    }

    /** The beginning of a command line: this JVM's java, with the vector module. */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, "--add-modules", "jdk.incubator.vector"));
    }

    static ChildProcess start(ProcessBuilder builder) throws IOException {
        ChildProcess child = new ChildProcess(builder.start());
        try {
            Runtime.getRuntime().addShutdownHook(child.hook);
        } catch (IllegalStateException e) {
            child.end();
        }
        return child;
    }

    Process process() {
        return process;
    }

    /** Ends the process, and those that it started. */
    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this JVM is ending and runs the hook itself
        }
    }
}
