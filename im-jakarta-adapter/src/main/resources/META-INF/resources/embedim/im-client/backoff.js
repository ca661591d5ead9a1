// How long to wait before something is tried again. All in milliseconds.

const FIRST = 500;
const LONGEST = 30_000;

/** Full jitter: anything from 0 to a ceiling that doubles, so that a thousand clients do not return as one wave. */
export function backoff(attempt, random, longest = LONGEST) {
  return random() * Math.min(longest, FIRST * 2 ** Math.min(attempt, 16));
}

/** At least what the server asked for, at most half as much again. */
export function asked(seconds, random) {
  return seconds * 1000 * (1 + random() / 2);
}

/** When the server asks to come back, in the text of its close frame; seconds, 0 where it does not. */
export function retryAfter(reason) {
  return Number(/retry_after=(\d{1,6})$/.exec(reason ?? '')?.[1] ?? 0);
}

/** 4100–4199: the server says that coming back is pointless. */
export function isFinal(code) {
  return code >= 4100 && code <= 4199;
}
