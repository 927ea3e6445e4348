package hesse.cli;

import java.io.IOException;

/** A process that ends with this one: when it is closed, and when this JVM is told to end, as by SIGTERM. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    private ChildProcess(Process process) {
        this.process = process;
        this.hook = new Thread(this::end);
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
            // this JVM is ending, by that hook among others
        }
    }
}
