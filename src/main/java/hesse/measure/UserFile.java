package hesse.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that a user named: read whole as UTF-8 text, or written. Messages of errors name the file and the reason. */
public final class UserFile {
    private UserFile() {}

    /** Whether this names standard input. */
    public static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    /** What messages call a file. */
    public static String name(Path file) {
        return isStandardInput(file) ? "standard input" : file.toString();
    }

    /**
     * The text of a file, or of standard input where its name is -, without a byte-order mark.
     *
     * @throws IllegalArgumentException where it cannot be read, or is not encoded as UTF-8
     */
    public static String read(Path file) {
        requireFile(file);
        try {
            return text(name(file), isStandardInput(file) ? System.in.readAllBytes() : Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(name(file) + ": " + reason(e), e);
        } catch (OutOfMemoryError e) {
            throw new IllegalArgumentException(name(file) + " does not fit the heap; give the JVM more by -Xmx", e);
        }
    }

    /** Refuses what is not there, and folders, which some systems open like files. */
    public static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder, expected a file");
        }
        if (!isStandardInput(file) && !Files.exists(file)) {
            throw new IllegalArgumentException(file + ": no such file");
        }
    }

    private static String text(String name, byte[] bytes) {
        requireText(name, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            int at = malformed(bytes, 0, bytes.length);
            if (at >= 0) {
                int line = 1;
                for (int i = 0; i < at; i++) {
                    line += bytes[i] == '\n' ? 1 : 0;
                }
                throw new IllegalArgumentException(name + ", line " + line + ": byte " + hexadecimal(bytes[at])
                        + " is no UTF-8; the file is Latin-1 or Windows-1252, it seems: convert it, as by iconv -f "
                        + "WINDOWS-1252 -t UTF-8");
            }
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Refuses what its first bytes show to be no text, or text in another encoding than UTF-8. */
    public static void requireText(String name, byte[] bytes) {
        byte[] first = Arrays.copyOf(bytes, 4);
        int pair = (first[0] & 0xff) << 8 | first[1] & 0xff;
        int next = (first[2] & 0xff) << 8 | first[3] & 0xff;
        boolean wide = pair == 0xfffe && next == 0 || pair == 0 && (next == 0xfeff || next < 0x100)
                || first[1] == 0 && next == 0;
        String encoding = bytes.length >= 4 && wide ? "UTF-32"
                : bytes.length >= 2 && (pair == 0xfffe || pair == 0xfeff || first[0] == 0 != (first[1] == 0))
                ? "UTF-16" : null;
        if (encoding != null) {
            throw new IllegalArgumentException(name + " is encoded as " + encoding
                    + ", expected UTF-8: convert it, as by iconv -f " + encoding + " -t UTF-8");
        }
        String packed = pair == 0x1f8b ? "compressed by gzip"
                : pair == 0x504b && first[2] == 3 ? "a zip archive or an .xlsx workbook" : null;
        if (packed != null) {
            throw new IllegalArgumentException(name + " is " + packed + ", expected text encoded as UTF-8");
        }
    }

    /** The index of the first byte that is not of valid UTF-8; -1 where all are. */
    public static int malformed(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    /** A byte as messages show it, such as 0xE9. */
    public static String hexadecimal(byte value) {
        return String.format("0x%02X", value);
    }

    /** Writes a file; folders are made where they are missing. */
    public static void write(Path file, byte[] content, OpenOption... options) throws IOException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Files.write(file, content, options);
        } catch (IOException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
    }

    /** Writes a file as UTF-8; folders are made where they are missing. */
    public static void write(Path file, String text, OpenOption... options) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException other -> other.getFile() + " is no folder";
            case NotDirectoryException other -> other.getFile() + " is no folder";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
