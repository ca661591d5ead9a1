package io.embedim.testkit.contract;

/**
 * What every {@link io.embedim.conversation.Broker} must do: tests for its rules B1 to B12, between two nodes where {@link #nextNode} gives another one.
 *
 * <pre>{@code
 * class RedisBrokerTest implements BrokerContract {
 *     public Broker newBroker() { … }
 * }
 * }</pre>
 *
 * <p>Stages and events are waited for 10 s at the most. A broker that goes on by an executor needs one that runs by itself.
 */
public interface BrokerContract extends BrokerLog, BrokerDelivery, BrokerReentry, BrokerCommands {}
