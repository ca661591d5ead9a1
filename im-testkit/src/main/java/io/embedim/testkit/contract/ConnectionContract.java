package io.embedim.testkit.contract;

/**
 * What every adapter's {@link io.embedim.connection.Connection} must do, in its real container and with a real client.
 *
 * <pre>{@code
 * class TyrusConnectionTest implements ConnectionContract {
 *     public Pipe openPipe() { … }
 * }
 * }</pre>
 *
 * <p>Messages and closes are waited for 10 s at the most. A fixture whose client can cease to read implements {@link StalledConnectionContract} too.
 */
public interface ConnectionContract extends ConnectionWrites, ConnectionCloses {}
