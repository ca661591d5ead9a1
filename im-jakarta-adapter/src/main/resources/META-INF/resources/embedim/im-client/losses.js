// S5: after a reset, which of our own messages are gone that the server had acknowledged.

const PAGES = 10;

/** Looks as far back as the oldest of them was said. Calls lost(item) for each that is not there. */
export async function findLosses(conversation, { me, outbox, now }, lost) {
  const open = () => outbox.of(conversation.key)
    .filter(item => item.state === 'sent' && item.frame.event === 'speak' && !conversation.timeline.said(me, item.id));
  for (const item of open()) if (now() - item.ack.at > outbox.window * 1000) outbox.remove(item);
  for (let page = 0; page < PAGES; page++) {
    const missing = open();
    if (missing.length === 0) return true;
    const { first } = conversation.timeline;
    const since = Math.min(...missing.map(item => item.ack.ts));
    if (first === undefined || conversation.complete || first.ts < since) {
      missing.forEach(lost);
      return true;
    }
    if (!await conversation.loadOlder(100)) conversation.complete = true;
  }
  return true;
}
