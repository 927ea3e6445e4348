package hesse.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that reports what it could not write. A {@link PrintStream} swallows every {@link IOException}, so
 * that a command would end well on a full disk or a closed pipe; it does not catch an {@link IOError}, which ends the
 * command in one line, where picocli would print the stack trace of an exception.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream out;

    private StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** A stream to put in the place of {@link System#out}. */
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
