package io.embedim.conversation;

/** What a topic's listener hears: messages and signals. */
public sealed interface TopicEvent permits Message, Signal {}
