package hesse.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that does not lose what it could not write. A {@link PrintStream} swallows every {@link IOException}, and a command
 * would go on, and end well, on a full disk or a closed pipe; it lets an {@link IOError} pass, which ends the
 * command (picocli would print the stack of an exception).
 */
final class StandardOutput extends OutputStream {
    private final OutputStream out;

    private StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** What takes the place of {@link System#out}. */
    static PrintStream open() {
        OutputStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return new PrintStream(new BufferedOutputStream(out), true, System.out.charset());
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new IOError(new IOException("standard output: " + e.getMessage(), e));
        }
    }
}
