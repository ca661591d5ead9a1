// What went wrong, as the server said it or as the connection ended.

export class ImError extends Error {
  name = 'ImError';

  /** `code` is the server's, or 0 where the connection ended before an answer; `retryAfter` in seconds, 0 where the server named none. */
  constructor(code, message, { temporary = false, retryAfter = 0, committed, about = '' } = {}) {
    super(message);
    this.code = code;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
    this.committed = committed;
    this.about = about;
  }

  static of({ code, msg, data }) {
    return new ImError(code, String(msg ?? ''), {
      temporary: data?.temporary === true || code === 429 || code === 503,
      retryAfter: Number(data?.retry_after) || 0,
      committed: data?.committed,
      about: String(data?.for ?? ''),
    });
  }

  static disconnected() {
    return new ImError(0, 'the connection ended before the answer', { temporary: true });
  }
}
