// The room as it happens. Comes back by itself when the line is lost.

const SILENCE_MS = 5000;
// The room speaks at least every second; longer than this and it is not there.
const WAITS_MS = [250, 500, 1000, 2000, 4000];

export class Live {
  #store;
  #onLink;
  #socket = null;
  #tries = 0;
  #silence = 0;

  constructor(store, onLink) {
    this.#store = store;
    this.#onLink = onLink;
    window.addEventListener("online", () => this.#again(0));
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const after = this.#store.lastEntry ? `?after=${this.#store.lastEntry}` : "";
    const socket = new WebSocket(`${scheme}://${location.host}/api/live${after}`);
    this.#socket = socket;
    this.#listen();
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.#listen();
      this.#take(JSON.parse(data));
    };
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  #take(message) {
    if (this.#tries || !this.#store.state) this.#onLink(true);
    this.#tries = 0;
    if (message.entry) this.#store.takeEntry(message.entry);
    // A room that began anew counts its journal from one again.
    else if (this.#store.takeState(message.state)) this.#again(0);
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #lost() {
    clearTimeout(this.#silence);
    this.#onLink(false);
    this.#again(WAITS_MS[Math.min(this.#tries, WAITS_MS.length - 1)]);
  }

  #again(wait) {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.#tries += 1;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.open(), wait * (0.8 + 0.4 * Math.random()));
  }
}
