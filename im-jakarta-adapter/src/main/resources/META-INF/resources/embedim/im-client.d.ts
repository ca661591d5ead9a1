/** A client of im.v2, the chat protocol of embedim. See docs/how-to/use-the-web-client.md. */

export interface Options {
  /** Where the server listens: `wss://…`, or relative to the page, such as `/im`. */
  url: string;
  /** Proves who we are. A function is asked before each connect and before a ticket expires; without a ticket from it, the client ends. */
  ticket?: string | (() => Ticket | Promise<Ticket>);
  /** Where the ticket goes: into the address (the default), or into the first frame, where no log has it. */
  ticketIn?: 'query' | 'frame';
  /** Our user, where it is known before the server says it: what is stored is shown at once. Without a ticket it is also what the server is told. */
  user?: string;
  /** How we want to be shown, where the identity does not fix it. */
  username?: string;
  avatar?: string;
  /** The same at each connect of this device, at most 64 bytes. Made and kept in localStorage where it is left out. */
  device?: string;
  /** Where messages and positions are kept between two visits. 'indexeddb' is the default where there is one. */
  store?: 'indexeddb' | 'none' | Store;
  /** For tests: time, chance, sockets. */
  platform?: Partial<Platform>;
}

/** `expiresIn` in seconds; a JSON Web Token says it itself. */
export type Ticket = string | null | { ticket: string; expiresIn?: number };

/** Connects, and stays connected until `close()`. */
export function connect(options: Options): Chat;

/** The default store: the newest 200 entries of each conversation, in the browser. */
export function indexedDbStore(factory?: IDBFactory): Store;
/** Keeps it in an object: for tests, and for pages that make a client anew. */
export function memoryStore(): Store;

export interface State {
  /** 'waiting' until `retryAt`; 'closed' for good, until `reconnect()`. */
  name: 'idle' | 'connecting' | 'online' | 'waiting' | 'closed';
  /** The close code that led here; 4100 to 4199 are final. */
  code?: number;
  reason?: string;
  /** Milliseconds since 1970. */
  retryAt?: number;
  attempt?: number;
}

export interface ChatEvents {
  state: (state: State) => void;
  /** Something about these conversations; once for all that came together. */
  change: (conversations: Conversation[]) => void;
  /** A new message of somebody else; not for those that were there when a conversation was opened. */
  message: (message: Message, conversation: Conversation) => void;
  /** S5: an own message that the server had acknowledged is gone. Offer `message.resend()`. */
  lost: (message: Message, conversation: Conversation) => void;
  /** What was refused for good, or went wrong without anybody waiting for it. */
  error: (error: ImError, conversation?: Conversation) => void;
  /** Nothing more is stored: the disk is full, or another tab has opened the same store (an Error named 'TakenOver'). The chat goes on. */
  storage: (error: unknown) => void;
}

export interface Chat {
  readonly state: State;
  /** Our user, once known. */
  readonly me: string | undefined;
  /** The server's hello frame. */
  readonly hello: Record<string, unknown> | null;
  /** All that are known, the one with the newest entry first. */
  readonly conversations: Conversation[];
  /** Unread messages of all conversations. */
  readonly unread: number;
  readonly serverTime: Date;
  on<Name extends keyof ChatEvents>(name: Name, listener: ChatEvents[Name]): () => void;
  /** `'g:7'`, `'u:bob'`, as the server writes it, `{group}` or `{user}`. Made, and loaded, where it is not known yet. */
  conversation(what: string | { group: string } | { user: string }): Conversation;
  group(id: string): Conversation;
  user(id: string): Conversation;
  /** User to whether somebody is there; of users that share no conversation with us, never. */
  presence(users: string[]): Promise<Map<string, boolean>>;
  /** At once: while it waits, or after an end. */
  reconnect(): void;
  close(): Promise<void>;
  /** Deletes what is stored of this user. Close it afterwards. */
  forget(): Promise<void>;
}

export interface ConversationEvents {
  change: (conversation: Conversation) => void;
  message: (message: Message) => void;
  typing: (users: string[]) => void;
  /** P4: what was here is of another log, and is loaded anew. */
  reset: () => void;
  /** P4: older entries are gone; `items` has a gap. */
  gap: () => void;
  /** P4: not readable any more; what is here stays. */
  gone: () => void;
}

export interface Conversation {
  /** `'g:7'` or `'u:bob'`. */
  readonly key: string;
  readonly kind: 'group' | 'user';
  /** The group's id, or the other user's. */
  readonly id: string;
  readonly state: 'detached' | 'syncing' | 'live' | 'gone';
  /** Whether we are no member any more. */
  readonly left: boolean;
  /** Messages, members that came and went, and gaps; what is on its way last. */
  readonly items: Item[];
  readonly messages: Message[];
  /** Messages of others behind our read mark, at most 999. */
  readonly unread: number;
  /** Users who are typing right now. */
  readonly typing: string[];
  /** Whether `loadOlder` has nothing more. */
  readonly complete: boolean;
  on<Name extends keyof ConversationEvents>(name: Name, listener: ConversationEvents[Name]): () => void;
  /** Shown at once as `sending`. @throws TypeError or RangeError for what no server would take */
  send(what: string | Speech): Message;
  edit(message: Message, what: string | Speech): void;
  recall(message: Message): void;
  /** Makes us a member, where the server grants it. What is sent meanwhile waits. @throws ImError */
  join(): Promise<void>;
  leave(): Promise<void>;
  /** Up to a message, or to the newest. */
  markRead(message?: Message): void;
  /** Call it at each key; it is sent at most each three seconds. */
  sendTyping(): void;
  /** False where there are none. @throws ImError where the connection ends */
  loadOlder(count?: number): Promise<boolean>;
  /** Groups only. Of large groups only the count. */
  members(): Promise<{ count: number; members: { user_id: string; role: string; online: boolean }[] }>;
}

/** What is said. Other fields travel along, and arrive as `ext`. */
export interface Speech {
  text?: string;
  /** The same as `text`. */
  content?: string;
  type?: 'text' | 'image' | 'file' | 'voice' | 'location' | 'custom';
  body?: Record<string, unknown>;
  mentions?: string[];
  replyTo?: Message | { seq: number; mid: string };
  [more: string]: unknown;
}

export type Item = Message | Notice | Gap;

export interface Message {
  readonly kind: 'message';
  /** The same for one message from the first moment on, for the page's elements. */
  readonly key: string;
  readonly id?: string;
  readonly from: string;
  readonly name: string;
  readonly avatar?: string;
  /** Whether the sender was proven. */
  readonly verified: boolean;
  readonly own: boolean;
  readonly seq?: number;
  readonly mid?: string;
  readonly at: Date;
  readonly type?: string;
  readonly content: string;
  readonly body?: any;
  readonly mentions: string[];
  readonly replyTo?: { seq: number; mid: string };
  readonly ext?: Record<string, unknown>;
  readonly rev: number;
  readonly edited: boolean;
  readonly recalled: boolean;
  /**
   * 'queued' (not sent yet), 'sending' (without an answer yet), 'sent'; 'failed' (refused, see `error`), 'unknown' (sent too long ago to be sent again
   * by itself), 'lost' (S5).
   */
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'lost';
  readonly error: { code: number; message: string } | null;
  /** Users whose read mark is here or behind. */
  readonly readBy: string[];
  readonly receivedBy: string[];
  edit(what: string | Speech): void;
  recall(): void;
  /** Once more, with the same id: for 'failed', 'unknown' and 'lost'. */
  resend(): void;
  /** Out of the list, and never sent. */
  discard(): void;
}

export interface Notice {
  readonly kind: 'member_added' | 'member_removed';
  readonly key: string;
  readonly seq: number;
  readonly mid: string;
  readonly at: Date;
  readonly user: string;
  readonly by: string;
}

/** Entries that stood here are gone for good. */
export interface Gap {
  readonly kind: 'gap';
  readonly key: string;
  readonly seq: number;
}

export class ImError extends Error {
  /** The server's code, or 0 where the connection ended before an answer. */
  readonly code: number;
  readonly temporary: boolean;
  /** Seconds; 0 where the server named none. */
  readonly retryAfter: number;
  /** False where nothing was stored, undefined where that is not known. */
  readonly committed?: boolean;
  /** The event that was refused. */
  readonly about: string;
}

/**
 * Where messages and positions are kept. `write` takes all of a batch or nothing: a position must never be stored without the entries before it. After a
 * `write` that failed there is no other.
 */
export interface Store {
  /** What is stored under a name: that of the server, the user and the device. */
  open(name: string): Promise<Saved>;
  write(batch: Batch): Promise<void>;
  close(): Promise<void>;
  /** Deletes what is stored under the name that is open. */
  forget(): Promise<void>;
}

/** `conversations` are the records of batches, with `entries` in ascending order of `seq`. */
export interface Saved {
  conversations: (Stored & { entries: StoredEntry[] })[];
  items: { id: string }[];
  directory: object | null;
}

export interface Batch {
  /** `cleared`: all entries that are stored go first. An entry replaces the one with its `seq`. */
  conversations: { record: Stored; cleared: boolean; entries: StoredEntry[] }[];
  items: { id: string }[];
  itemsGone: string[];
  directory: object | null;
}

export interface Stored {
  key: string;
  position: { epoch: string; seq: number; mid: string };
  [more: string]: unknown;
}

export interface StoredEntry {
  seq: number;
  mid: string;
  [more: string]: unknown;
}

export interface Platform {
  WebSocket: new (url: string, protocols: string[]) => WebSocket;
  indexedDB: IDBFactory | undefined;
  now(): number;
  random(): number;
  bytes(count: number): Uint8Array;
  setTimeout(action: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  onWake(action: () => void): () => void;
  report(error: unknown): void;
}
