// What a page says, as the frame that the server wants. What no server would take is told at once.

const TYPES = ['text', 'image', 'file', 'voice', 'location', 'custom'];
const RESERVED = ['type', 'content', 'text', 'body', 'mentions', 'replyTo'];

/** `what`: a text, or {text, type, content, body, mentions, replyTo} and whatever else is to travel with it (`ext`). */
export function speechOf(what, limit) {
  const said = typeof what === 'string' ? { content: what } : what;
  if (said === null || typeof said !== 'object') throw new TypeError('expected a text, or an object with text or body');
  const content = wellFormed(String(said.content ?? said.text ?? ''));
  const type = said.type ?? 'text';
  if (!TYPES.includes(type)) throw new TypeError(`type is '${type}'; expected one of ${TYPES.join(', ')}`);
  if (type === 'text' && content === '') throw new TypeError('a text must not be empty');
  if (type !== 'text' && (said.body === null || typeof said.body !== 'object')) throw new TypeError(`type '${type}' needs a body`);
  const length = [...content].length;
  if (length > limit) throw new RangeError(`the text has ${length} characters; the server takes ${limit}`);
  const frame = { type, content };
  if (said.body) frame.body = said.body;
  if (said.mentions?.length > 0) frame.mentions = [...said.mentions];
  if (said.replyTo) frame.reply_to = { seq: said.replyTo.seq, mid: said.replyTo.mid };
  const more = Object.entries(said).filter(([name]) => !RESERVED.includes(name));
  return { ...Object.fromEntries(more), ...frame };
}

/** A lone surrogate is refused by the server. */
function wellFormed(text) {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}
