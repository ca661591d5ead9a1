package io.embedim.internal.v2;

import io.embedim.conversation.Directory;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Watermarks;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.AccessPolicy;
import io.embedim.session.Memberships;
import io.embedim.session.SessionStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the dialect is made of.
 *
 * @param openHistory whether who is only claimed to be somebody reads what that user may read
 * @param heartbeat how often clients are asked for a sign of life, or null for never
 */
public record V2Config(
        RequestReader reader,
        LogBroker broker,
        Directory directory,
        Watermarks watermarks,
        Memberships memberships,
        SessionStore sessions,
        AccessPolicy policy,
        ValidationRules rules,
        Limits limits,
        ImRuntime runtime,
        boolean openHistory,
        @Nullable Duration heartbeat) {}
