// Listeners by name. One that throws is reported and holds up no other.

export class Events {
  #listeners = new Map();
  #report;

  /** `report(error)` hears of listeners that throw. */
  constructor(report) {
    this.#report = report;
  }

  /** The answer ends it. */
  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  emit(name, ...values) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(...values);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}
