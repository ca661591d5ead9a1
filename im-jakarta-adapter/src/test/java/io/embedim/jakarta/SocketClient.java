package io.embedim.jakarta;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket: quick, and able to do what no decent client does. Reads only when it is told to; used by one thread. */
final class SocketClient implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    /** A whole frame of the server's; it sends messages in several frames only where they are long. */
    static final class Frame {

        final int opcode;
        final byte[] payload;

        private Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame; 1005 where it has none. */
        int code() {
            return payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    private final Socket socket = new Socket();
    private final InputStream in;

    private SocketClient(URI uri, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("localhost", uri.getPort()), PATIENCE_MILLIS);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String request = "GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: localhost:" + uri.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        in = new BufferedInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) readByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            socket.close();
            throw new IOException(head.toString());
        }
    }

    static SocketClient connect(URI uri) throws IOException {
        return new SocketClient(uri, 0);
    }

    /** One for whom the server's kernel cannot keep much. */
    static SocketClient stalled(URI uri) throws IOException {
        return new SocketClient(uri, 4 * 1024);
    }

    void text(String text) throws IOException {
        frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a close frame; not the end of the stream. */
    void closeFrame(int code) throws IOException {
        frame(CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code});
    }

    void frame(int opcode, boolean last, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            int bytes = payload.length < 1 << 16 ? 2 : 8;
            frame.write(0x80 | (bytes == 2 ? 126 : 127));
            for (int i = bytes - 1; i >= 0; i--) {
                frame.write((int) ((long) payload.length >> (8 * i)));
            }
        }
        frame.write(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        socket.getOutputStream().write(frame.toByteArray());
    }

    /**
     * The next frame.
     *
     * @throws EOFException where the stream ends instead
     */
    Frame read() throws IOException {
        int first = readByte();
        long length = readByte();
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | readByte();
            }
        }
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Frame(first & 0x0f, payload);
    }

    /** The code of the close frame that comes after whatever comes before it. */
    int closeCode() throws IOException {
        Frame frame = read();
        while (frame.opcode != CLOSE) {
            frame = read();
        }
        return frame.code();
    }

    /** Waits for the server's close frame, or the end of the stream. */
    void awaitEnd() throws IOException {
        try {
            closeCode();
        } catch (EOFException end) {
            // Without a close frame.
        }
    }

    private int readByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** Drains what the kernel has and tells whether the end of the stream, or a reset, follows: Tomcat looks only every ten seconds. */
    boolean isCutOff() {
        byte[] buffer = new byte[64 * 1024];
        try {
            socket.setSoTimeout(2 * PATIENCE_MILLIS);
            while (in.read(buffer) >= 0) {
                // What was on its way.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Ends its side of the stream, as the kernel of a client does that was killed. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Cuts the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
