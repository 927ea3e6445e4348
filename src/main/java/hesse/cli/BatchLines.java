package hesse.cli;

import hesse.measure.UserFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a batch, decoded one by one, so that a line that is not valid UTF-8, or that is too long, fails alone.
 * Lines end with a line feed, a carriage return, or both.
 */
final class BatchLines {
    /** The longest line that is read, in bytes: more than the longest text that the JSON reader takes. */
    private static final int LONGEST = 1 << 26;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private long number;
    private boolean returned;

    /** One line; the text is null where there is an error. */
    record Line(long number, String text, String error) {}

    /** @throws IllegalArgumentException where the first bytes are not of UTF-8 text */
    BatchLines(String name, InputStream in) throws IOException {
        this.in = in;
        filled = in.readNBytes(buffer, 0, 4);
        UserFile.requireText(name, Arrays.copyOf(buffer, filled));
        boolean marked = filled >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb
                && buffer[2] == (byte) 0xbf;
        position = marked ? 3 : 0;
    }

    /** The next line; null at the end. */
    Line next() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        boolean fits = true;
        while (true) {
            if (position == filled) {
                position = 0;
                filled = Math.max(0, in.read(buffer));
                if (filled == 0) {
                    return length == 0 && fits ? null : line(line, length, fits);
                }
            }
            if (returned && buffer[position] == '\n') {
                position++;
                returned = false;
                continue;
            }
            returned = false;
            int end = position;
            while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            fits &= length + (end - position) <= LONGEST;
            if (fits) {
                if (length + end - position > line.length) {
                    line = Arrays.copyOf(line, Math.max(2 * line.length, length + end - position));
                }
                System.arraycopy(buffer, position, line, length, end - position);
                length += end - position;
            }
            position = end;
            if (end < filled) {
                returned = buffer[position++] == '\r';
                return line(line, length, fits);
            }
        }
    }

    private Line line(byte[] bytes, int length, boolean fits) {
        number++;
        int malformed = fits ? UserFile.malformed(bytes, 0, length) : -1;
        if (!fits) {
            return new Line(number, null, "the line is longer than " + LONGEST + " bytes");
        }
        if (malformed >= 0) {
            String value = UserFile.hexadecimal(bytes[malformed]);
            return new Line(number, null, "byte " + (malformed + 1) + " of the line, " + value + ", is no UTF-8");
        }
        return new Line(number, new String(bytes, 0, length, StandardCharsets.UTF_8), null);
    }
}
