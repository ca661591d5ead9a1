// What the client takes from its surroundings: time, chance, sockets. Tests bring their own.

export function browserPlatform() {
  return {
    WebSocket: globalThis.WebSocket,
    indexedDB: globalThis.indexedDB,
    now: () => Date.now(),
    random: () => Math.random(),
    bytes: count => crypto.getRandomValues(new Uint8Array(count)),
    setTimeout: (action, ms) => globalThis.setTimeout(action, ms),
    /** An error of the page's own code: as if nobody had caught it. */
    report: error => queueMicrotask(() => { throw error; }),
    clearTimeout: timer => globalThis.clearTimeout(timer),
    /** Calls back when the network or the user may be back; the answer ends that. */
    onWake(action) {
      if (!globalThis.document) return () => {};
      const seen = () => { if (document.visibilityState === 'visible') action(); };
      addEventListener('online', action);
      document.addEventListener('visibilitychange', seen);
      return () => {
        removeEventListener('online', action);
        document.removeEventListener('visibilitychange', seen);
      };
    },
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 22 letters of six random bits each, 132 in all: once per user action, never a counter (S2). crypto.randomUUID is missing on pages without TLS. */
export function newId(platform) {
  return Array.from(platform.bytes(22), byte => LETTERS[byte & 63]).join('');
}
