package io.embedim.internal.routing;

import io.embedim.conversation.Directory;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Watermarks;

/**
 * What the dialect {@code im.v2} stands on, where it is spoken.
 *
 * @param broker the server's broker, which keeps what was said
 * @param openHistory whether who is only claimed to be somebody reads what that user may read
 */
public record V2Backends(LogBroker broker, Directory directory, Watermarks watermarks, boolean openHistory) {}
