package io.embedim.testkit.contract;

/**
 * What every {@link io.embedim.conversation.Broker} must do on one node: tests for its rules B1 to B8.
 *
 * <pre>{@code
 * class RedisBrokerTest implements BrokerContract {
 *     public Broker newBroker() { … }
 * }
 * }</pre>
 *
 * <p>Stages and events are waited for 10 s at the most. A broker that goes on by an executor needs one that runs by itself.
 */
public interface BrokerContract extends BrokerLog, BrokerDelivery, BrokerReentry {}
