// What the page knows of the room: its state, the journal's latest, the comments and their answers.

const KEEP_ENTRIES = 3000;
const KEEP_COMMENTS = 300;
const MEDIAN_OF = 50;

export class Store extends EventTarget {
  state = null;
  entries = [];
  comments = new Map();
  #began = 0;

  get lastEntry() {
    return this.entries.at(-1)?.n ?? 0;
  }

  // The time of day of something so many ms after the room's start.
  timeOf(ms) {
    return new Date(this.#began + ms);
  }

  takeState(state) {
    const again = this.state !== null && state.seconds_since_start < this.state.seconds_since_start - 5;
    if (again) this.#forget();
    const began = Date.now() - state.seconds_since_start * 1000;
    if (Math.abs(began - this.#began) > 2000) this.#began = began;
    this.state = state;
    this.#tell("state");
    return again;
  }

  takeEntry(entry) {
    if (entry.n <= this.lastEntry) return;
    this.entries.push(entry);
    if (this.entries.length > KEEP_ENTRIES) this.entries.splice(0, this.entries.length - KEEP_ENTRIES);
    if (entry.kind === "answer") this.#takeAnswer(entry);
    if (entry.kind === "shop") this.#tell("shop");
    this.#tell("entries", entry);
  }

  // A comment sent from this page, until the room says what becomes of it.
  expect(id, user, text) {
    this.#keep(id, { id, user, text, at: Date.now() - this.#began });
    this.#tell("comments");
  }

  // Median of the latest answers from comment to sound, in ms; null before the first.
  get medianMs() {
    const waits = [...this.comments.values()].map(latency).filter((ms) => ms !== null).slice(-MEDIAN_OF);
    if (!waits.length) return null;
    return waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)];
  }

  #takeAnswer({ data, at_ms: at }) {
    const heard = data.comments ?? (data.event_ids ?? []).map((id) => ({ id, user: "", text: "" }));
    for (const { id, user, text } of heard) {
      const before = this.comments.get(id);
      this.#keep(id, { at: data.received ?? at, ...before, ...data, id, user, text, answer: data.text });
    }
    this.#tell("comments");
  }

  #keep(id, comment) {
    this.comments.set(id, comment);
    if (this.comments.size > KEEP_COMMENTS) this.comments.delete(this.comments.keys().next().value);
  }

  #forget() {
    this.entries = [];
    this.comments.clear();
    this.#tell("entries");
    this.#tell("comments");
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export function latency(comment) {
  return comment.on_air === undefined || comment.on_air === null ? null : comment.on_air - comment.received;
}
