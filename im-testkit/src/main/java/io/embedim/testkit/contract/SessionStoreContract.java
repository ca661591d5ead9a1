package io.embedim.testkit.contract;

/**
 * What every {@link io.embedim.session.SessionStore} must do: tests for its rules S1 to S8.
 *
 * <pre>{@code
 * class JdbcSessionStoreTest implements SessionStoreContract {
 *     public SessionStore emptyStore() { … }
 * }
 * }</pre>
 *
 * <p>Each test takes one store by {@link #emptyStore()}; what it leaves is cleaned up by the implementing class, such as in an {@code @AfterEach} method. Stages
 * are waited for 10 s at the most.
 */
public interface SessionStoreContract extends SessionChanges, SessionListings, SessionKeys, SessionRaces {}
