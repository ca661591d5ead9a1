package io.embedim.conversation;

/** What a topic's listener hears: messages, signals, and that a log is another one by now. */
public sealed interface TopicEvent permits Message, Signal, LogReplaced {}
