package hesse.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file mapped into memory, and the same file open, to ask whether all of it is still there: of one that was cut off
 * the rest of its last page reads as zeros, and what lies behind that cannot be read. Both are gone with the last who
 * holds this.
 */
public final class MappedFile {
    private final Path path;
    private final RandomAccessFile file;
    private final MemorySegment segment;

    /**
     * Maps the start of a file, read-only.
     *
     * @param size how many bytes
     */
    public MappedFile(Path path, long size) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.segment = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
    }

    MemorySegment segment() {
        return segment;
    }

    /** Refuses a file that has become shorter. */
    void require() {
        long length;
        try {
            length = file.length();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read any more", e);
        }
        if (length < segment.byteSize()) {
            throw new UncheckedIOException(new IOException(path
                    + " has become shorter while rows of it are in use: it had " + segment.byteSize()
                    + " bytes when it was mapped, and has " + length));
        }
    }
}
