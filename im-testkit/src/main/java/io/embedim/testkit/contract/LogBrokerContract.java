package io.embedim.testkit.contract;

/**
 * What every {@link io.embedim.conversation.LogBroker} must do: tests for its rules H1 to H12, and all that {@link BrokerContract} asks for.
 *
 * <pre>{@code
 * class RedisBrokerTest implements LogBrokerContract {
 *     public LogBroker newLogBroker(Retention retention) { … }
 * }
 * }</pre>
 */
public interface LogBrokerContract
        extends BrokerContract, LogRepetitions, LogReading, LogRetention, LogChanges, LogMembers, LogUnread {}
