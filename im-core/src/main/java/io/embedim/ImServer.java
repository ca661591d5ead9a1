package io.embedim;

import io.embedim.cluster.Command;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.routing.Engine;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Heartbeat;
import io.embedim.model.ImException;
import io.embedim.model.Limits;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.monitor.Health;
import io.embedim.monitor.Latencies;
import io.embedim.monitor.ServerStats;
import io.embedim.security.Authentication;
import io.embedim.security.Bans;
import io.embedim.session.Memberships;
import io.embedim.session.Presence;
import io.embedim.session.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * A chat server without sockets: adapters hand it connections, applications ask it about them.
 *
 * <p><b>Lifecycle.</b> Made by {@link #builder()}, running from {@code build()} on, ended by {@link #close()}. An application may have several; they share nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread; no method blocks. <b>Failure.</b> What a client does wrong is answered on its connection; what a backend does wrong
 * becomes a temporary error for the client that needed it. Stages that this class returns fail with {@link ImException}.
 *
 * <p>Source: docs/architecture.md, docs/protocol.md.
 */
public final class ImServer implements AutoCloseable {

    private static final Duration COME_BACK_WITHIN = Duration.ofSeconds(10);

    private final Engine engine;

    ImServer(Engine engine) {
        this.engine = engine;
    }

    /**
     * A server to be configured. Two choices must be made by name: who clients are ({@code authenticator} or {@code trustClaims}), or both that and the policy at once
     * by {@code classicProfile}.
     *
     * @return a builder with the documented defaults
     */
    public static ImServerBuilder builder() {
        return new ImServerBuilder();
    }

    /**
     * Decides who a client is, before its WebSocket is accepted, so that an adapter can refuse with a real HTTP status. Then hand the answer to
     * {@link #open(Connection, Handshake, Authentication)}.
     *
     * @param handshake what the client said
     * @return the answer; where the authenticator fails or takes too long, a refusal with status 503
     */
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return engine.authenticate(handshake);
    }

    /**
     * Takes on a connection whose client {@linkplain #authenticate was decided upon}. A refused one is closed with 4100.
     *
     * @param connection the pipe; the core writes to it from now on
     * @param handshake what the client said
     * @param authentication who it is
     * @return where to deliver what the client does
     */
    public Inbound open(Connection connection, Handshake handshake, Authentication authentication) {
        return engine.open(connection, handshake, authentication);
    }

    /**
     * Takes on a connection and decides who its client is; frames that come meanwhile wait. A refused one is closed with 4100.
     *
     * @param connection the pipe; the core writes to it from now on
     * @param handshake what the client said
     * @return where to deliver what the client does
     */
    public Inbound open(Connection connection, Handshake handshake) {
        return engine.open(connection, handshake);
    }

    /**
     * Sends a message to connections, on whatever node they are.
     *
     * <p>It is encoded once, and goes to each connection once. What one thread sends to a connection arrives in the order of its calls; what is published at the same time has
     * an order of its own. A target is resolved on each node when the message gets there; who comes later does not get it.
     *
     * <p>The stage completes when the message waits in the outboxes. Where the server is behind with writing, that takes until it has come round: whoever waits for one report
     * before the next send is never too fast.
     *
     * @param target to whom
     * @param message what
     * @return what became of it; fails where it cannot be known which nodes there are
     * @throws IllegalArgumentException if the message is longer than {@link Limits#outboundBytes()}
     */
    public CompletionStage<SendReport> send(Target target, ServerMessage message) {
        message.fits(limits());
        return engine.reach()
                .command(new Command.Send(target, message.text(), message.isDroppable()))
                .thenApply(Reports::sent);
    }

    /**
     * Says something in a conversation, as a user of the application's choice. It has its place in the one order of the conversation; classic clients get the usual frame. No
     * policy is asked and no rate counts.
     *
     * <p>The stage completes when the broker has it; where the server is behind with writing to who hears it, when it has come round.
     *
     * @param speech what, by whom, to whom
     * @return the broker's word; fails with {@link ImException} where it gave none, and then it is unknown whether it was said, unless the exception says otherwise
     * @throws IllegalArgumentException if it is longer than {@link Limits#frameBytes()} as a client's frame
     */
    public CompletionStage<Receipt> publish(Speech speech) {
        Draft draft = speech.draft();
        int bytes = OutboundFrame.of(draft.json()).size();
        if (bytes > limits().frameBytes()) {
            throw new IllegalArgumentException(
                    "speech has " + bytes + " bytes as a frame; expected at most " + limits().frameBytes());
        }
        return engine.publish(draft);
    }

    /**
     * Closes a connection, on whatever node it is, after what waits for it has been written.
     *
     * @param connection which one
     * @param reason why
     * @return true if it was open; completes when its session has ended
     */
    public CompletionStage<Boolean> close(ConnectionId connection, CloseReason reason) {
        return close(Target.connection(connection), reason).thenApply(report -> Reports.one(report, false));
    }

    /**
     * Closes connections after what waits for them has been written.
     *
     * @param target whose
     * @param reason why
     * @return what became of it; completes when their sessions have ended
     */
    public CompletionStage<ChangeReport> close(Target target, CloseReason reason) {
        return change(new Command.Close(target, reason, null, false));
    }

    /**
     * Closes connections after what waits for them and a last message have been written.
     *
     * @param target whose
     * @param reason why
     * @param last what they hear last; not heard where too much waits already
     * @return what became of it; completes when their sessions have ended
     * @throws IllegalArgumentException if the message is longer than {@link Limits#outboundBytes()}
     */
    public CompletionStage<ChangeReport> close(Target target, CloseReason reason, ServerMessage last) {
        last.fits(limits());
        return change(new Command.Close(target, reason, last.text(), false));
    }

    /**
     * Closes connections at once, and drops what waits for them.
     *
     * @param target whose
     * @param reason why
     * @return what became of it; completes when their sessions have ended
     */
    public CompletionStage<ChangeReport> closeNow(Target target, CloseReason reason) {
        return change(new Command.Close(target, reason, null, true));
    }

    /**
     * Closes connections with 4102, which tells clients not to come back. Does not keep them from it: that is what {@link #ban} is for.
     *
     * @param target whose
     * @return what became of it; completes when their sessions have ended
     */
    public CompletionStage<ChangeReport> kick(Target target) {
        return close(target, CloseReason.KICKED);
    }

    /**
     * Keeps a user out for a while: his connections are closed with 4104 on all nodes, and who comes as him is refused with HTTP 403, or closed with 4104, until the ban ends. Who
     * connects at the same moment is out in the end too.
     *
     * <p>Holds for users whom an authenticator has proven. Under {@code trustClaims()} joins in the user's name are refused with 403; who takes another name is not kept out.
     *
     * @param user who
     * @param time how long, from now; more than zero. A later ban takes the place of this one
     * @return what became of his connections; fails where nobody kept the ban, and then nobody was closed
     * @throws IllegalArgumentException if the time is not positive
     */
    public CompletionStage<ChangeReport> ban(UserId user, Duration time) {
        return ban(user, time, "");
    }

    /**
     * Keeps a user out for a while, with a reason for the application's own people. See {@link #ban(UserId, Duration)}.
     *
     * @param user who
     * @param time how long, from now; more than zero
     * @param reason found in {@link #bans()}; never sent to a client
     * @return what became of his connections
     * @throws IllegalArgumentException if the time is not positive
     */
    public CompletionStage<ChangeReport> ban(UserId user, Duration time, String reason) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a ban for " + time + "; expected more than zero");
        }
        return engine.ban(user, time, reason).thenCompose(kept -> close(Target.user(user), CloseReason.BANNED));
    }

    /**
     * Lets a user in again.
     *
     * @param user who
     * @return true if he was banned
     */
    public CompletionStage<Boolean> unban(UserId user) {
        return engine.bans().remove(user);
    }

    /**
     * Which users may not come in.
     *
     * @return the bans that the server was built with
     */
    public Bans bans() {
        return engine.bans();
    }

    /**
     * Binds a connection to a user, as a private join does: what is sent to the user reaches it from then on. One that is bound to another user is no longer so.
     *
     * @param connection which one
     * @param user to whom
     * @return true if it is bound now, false if it is closed; fails where it was proven to be another user, and where the store did not answer
     */
    public CompletionStage<Boolean> bind(ConnectionId connection, UserId user) {
        return change(new Command.Bind(Target.connection(connection), user))
                .thenApply(report -> Reports.one(report, true));
    }

    /**
     * Takes back that a connection is bound to a user.
     *
     * @param connection which one
     * @param user from whom; a connection that is bound to another one stays so
     * @return true if it was bound to that user and is no longer
     */
    public CompletionStage<Boolean> unbind(ConnectionId connection, UserId user) {
        return change(new Command.Unbind(Target.connection(connection), user))
                .thenApply(report -> Reports.one(report, false));
    }

    /**
     * Takes connections into a group, as a group join does. No policy is asked, and {@link Limits#groupsPerConnection()} does not count: the application knows what it does.
     *
     * @param target which
     * @param group the group
     * @return what became of it
     */
    public CompletionStage<ChangeReport> join(Target target, GroupId group) {
        return change(new Command.Join(target, group));
    }

    /**
     * Takes connections out of a group; the others in it hear so, as when a connection ends. A membership that came of joining ends with the user's last connection in the
     * group.
     *
     * @param target which
     * @param group the group
     * @return what became of it
     */
    public CompletionStage<ChangeReport> leave(Target target, GroupId group) {
        return change(new Command.Leave(target, group));
    }

    /**
     * Ends a group: all memberships, durable ones too, then everybody leaves. Each connection in it hears {@code dissolve} once, and no leaves (docs/protocol.md, C-LEAVE). Who
     * joins at the same time may be in the group afterwards.
     *
     * @param group the group
     * @return what became of its connections; fails where memberships could not be ended, and then nobody has left
     */
    public CompletionStage<ChangeReport> dissolve(GroupId group) {
        return engine.endMemberships(group).thenCompose(ended -> change(new Command.Dissolve(group)));
    }

    /**
     * Sets attributes of a connection's session and leaves the others as they are.
     *
     * @param connection which one
     * @param changes values by name; an empty value removes one
     * @return true if it was open; completes when the store has the new state
     */
    public CompletionStage<Boolean> setAttributes(ConnectionId connection, Map<String, String> changes) {
        return change(new Command.Attributes(Target.connection(connection), changes, false))
                .thenApply(report -> Reports.one(report, true));
    }

    /**
     * Replaces all attributes of a connection's session.
     *
     * @param connection which one
     * @param values all that it is to have
     * @return true if it was open; completes when the store has the new state
     */
    public CompletionStage<Boolean> replaceAttributes(ConnectionId connection, Map<String, String> values) {
        return change(new Command.Attributes(Target.connection(connection), values, true))
                .thenApply(report -> Reports.one(report, true));
    }

    /**
     * Who is online, where and with whom, on all nodes.
     *
     * @return what the session store knows, in the words of an application
     */
    public Presence presence() {
        return new Presence(engine.sessions());
    }

    /**
     * Who is here, on all nodes.
     *
     * @return the store that the server was built with
     */
    public SessionStore sessions() {
        return engine.sessions();
    }

    /**
     * Who belongs to which group.
     *
     * @return the memberships that the server was built with
     */
    public Memberships memberships() {
        return engine.memberships();
    }

    /**
     * Mutes, bans and roles in groups.
     *
     * @return what the application may do, which is everything
     */
    public Moderation moderation() {
        return new Moderation(this, engine::membershipEnded, engine::now, null);
    }

    /**
     * What one client may cost.
     *
     * @return the limits that the server was built with
     */
    public Limits limits() {
        return engine.limits();
    }

    /**
     * What is sent to clients that are silent.
     *
     * @return the heartbeat that the server was built with, or empty where there is none
     */
    public Optional<Heartbeat> heartbeat() {
        return engine.heartbeat();
    }

    /**
     * Which WebSocket sub-protocols clients may ask for; without one they speak the classic dialect.
     *
     * @return {@code im.v2} where the builder was given {@link V2Settings}, else nothing
     */
    public List<String> subprotocols() {
        return engine.speaksV2() ? List.of(V2Settings.SUBPROTOCOL) : List.of();
    }

    /**
     * How many connections are open on this node.
     *
     * @return the number, exact when nothing happens at the same time
     */
    public int connections() {
        return engine.connections();
    }

    /**
     * What this node has now and has done so far, for applications without Micrometer; with it, {@link io.embedim.metrics.ImMetrics} does the same as meters.
     *
     * @return the numbers; takes as long as it takes to look at each open connection once, some milliseconds for 100,000
     */
    public ServerStats stats() {
        return engine.stats();
    }

    /**
     * Whether the server has not been closed. Asks nobody, so that a backend that hangs is no reason to end the process.
     *
     * @return {@link Health#live()}, at once
     */
    public boolean isLive() {
        return engine.isLive();
    }

    /**
     * Whether this node can do its work: live until it is closed; ready while it takes connections, the broker's probe comes back and the session store answers.
     *
     * <p>Asks the backends, and waits for each as long as {@link Limits#backendTime()}; calls at the same time share an answer.
     *
     * @return how it is; never fails
     */
    public CompletionStage<Health> health() {
        return engine.health();
    }

    /**
     * From now on somebody hears how long things take, for as long as the server lives. Costs two looks at the clock for each frame, and one more and a small object for each message.
     *
     * @param latencies who; may be one of several
     */
    public void measure(Latencies latencies) {
        engine.add(latencies);
    }

    /**
     * Sees all connections of this node out before it ends, and tells their clients to come back at a random time within ten seconds. See {@link #drain(Duration, Duration)}.
     *
     * @param within how long it may take
     * @return how it went
     */
    public CompletionStage<DrainReport> drain(Duration within) {
        return drain(within, COME_BACK_WITHIN);
    }

    /**
     * Sees all connections of this node out before it ends. From this call on nobody is let in any more: a handshake is refused with HTTP 503 and {@code Retry-After}, and a
     * connection that has got through is closed with 4001. The open ones are closed with 4001 in batches, spread over the time, each after what waits for it has been written; what
     * is open when the time is over is closed at once. Each client is told a time of its own after which it should come back (docs/protocol.md, C-AWAY).
     *
     * <p>Until its turn comes, a connection works as ever. Nobody hears who leaves: the clients come back. There is no way back; a second call changes nothing and answers what
     * the first one does. {@link #close()}, which has to follow, ends a drain at once.
     *
     * @param within how long it may take, from zero to a day; with fewer than a few dozen connections it takes no longer than the writing
     * @param comeBackWithin until when the clients are to come back, each counted from its own end, a second or more
     * @return how it went; completes when all have gone, at the latest when the time is over
     * @throws IllegalArgumentException if a time is not as said
     */
    public CompletionStage<DrainReport> drain(Duration within, Duration comeBackWithin) {
        return engine.drain(within, comeBackWithin).thenApply(Reports::drained);
    }

    /**
     * Whether nobody is let in any more, because {@link #drain} or {@link #close} was called: such a node is not ready, though it lives.
     *
     * @return true from that call on
     */
    public boolean isDraining() {
        return engine.isGoingAway();
    }

    /**
     * After how long who is refused now should come back, for adapters that refuse clients themselves; another time at each call, so that they do not all come at once.
     *
     * @return whole seconds, or empty where no drain is under way
     */
    public OptionalInt retryAfter() {
        int seconds = engine.retryAfter();
        return seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds);
    }

    private CompletionStage<ChangeReport> change(Command command) {
        return engine.reach().command(command).thenApply(Reports::changed);
    }

    /**
     * Ends the server: new connections are refused, open ones are closed with 4001, executors that the builder made are stopped. A second call does nothing. Does not
     * wait for clients; sockets are the adapter's.
     */
    @Override
    public void close() {
        engine.close();
    }
}
