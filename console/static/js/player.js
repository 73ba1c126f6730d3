// Live picture and sound in a <video>: fragments from a WebSocket into a MediaSource, kept near live.

const SEEK_BEHIND_S = 1.5;
// Further behind than this is jumped, not caught up with.
const AIM_BEHIND_S = 0.4;
const HURRY_BEHIND_S = 0.8;
const KEEP_S = 8;
const MAX_WAITING = 100;
// fragments the browser has not taken
const STALLED_MS = 2000;
const SILENCE_MS = 6000;
const WAITS_MS = [250, 500, 1000, 2000, 4000];

const Source = window.ManagedMediaSource ?? window.MediaSource;

export class LivePlayer {
  #video;
  #still;
  #onState;
  #socket = null;
  #source = null;
  #buffer = null;
  #queue = [];
  #tries = 0;
  #retry = 0;
  #lastData = 0;
  #lastTime = 0;
  #lastMove = 0;

  // `still` is a canvas over the video that holds the last picture while there is no newer one.
  constructor(video, still, onState) {
    this.#video = video;
    this.#still = still;
    this.#onState = onState;
    video.muted = true;
    video.disableRemotePlayback = true;
    video.addEventListener("error", () => this.#restart());
    video.addEventListener("playing", () => this.#playing());
    document.addEventListener("visibilitychange", () => document.hidden || this.#nearLive(true));
    setInterval(() => this.#watch(), 500);
  }

  start() {
    if (!Source) return this.#onState("unsupported");
    this.#onState("connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/preview/stream`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#lastData = performance.now();
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.#lastData = performance.now();
      if (typeof data === "string") this.#open(JSON.parse(data).codecs);
      else if (this.#queue.push(data) > MAX_WAITING) this.#restart();
      else this.#pump();
    };
    socket.onclose = () => socket === this.#socket && this.#restart();
  }

  #open(codecs) {
    const type = `video/mp4; codecs="${codecs}"`;
    if (!Source.isTypeSupported(type)) {
      this.#drop();
      return this.#onState("unsupported");
    }
    const source = new Source();
    this.#source = source;
    source.addEventListener("sourceopen", () => {
      URL.revokeObjectURL(this.#video.src);
      if (source !== this.#source) return;
      this.#buffer = source.addSourceBuffer(type);
      this.#buffer.addEventListener("updateend", () => {
        this.#nearLive();
        this.#pump();
      });
      this.#pump();
    }, { once: true });
    this.#video.src = URL.createObjectURL(source);
  }

  #pump() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || !this.#queue.length || this.#source.readyState !== "open") return;
    try {
      buffer.appendBuffer(this.#queue[0]);
      this.#queue.shift();
    } catch (error) {
      if (error.name === "QuotaExceededError") this.#trim(1);
      else this.#restart();
    }
  }

  // Keeps the play head just behind the newest sound: a little faster, or a jump when far behind.
  #nearLive(jump = false) {
    const { buffered } = this.#video;
    if (!buffered.length || this.#video.seeking) return;
    const start = buffered.start(buffered.length - 1);
    const end = buffered.end(buffered.length - 1);
    const behind = end - this.#video.currentTime;
    if (jump || behind > SEEK_BEHIND_S || behind < 0 || this.#video.currentTime < start) {
      this.#video.currentTime = Math.max(start, end - AIM_BEHIND_S);
    }
    this.#video.playbackRate = behind > HURRY_BEHIND_S ? 1.06 : 1;
    if (this.#video.paused) this.#video.play().catch(() => this.#onState("blocked"));
    this.#trim(KEEP_S);
  }

  #trim(keep) {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || !buffer.buffered.length) return;
    const until = this.#video.currentTime - keep;
    if (buffer.buffered.start(0) < until - keep) buffer.remove(0, until);
  }

  #watch() {
    const now = performance.now();
    if (this.#socket === null || document.hidden) return;
    if (this.#video.currentTime !== this.#lastTime) {
      this.#lastTime = this.#video.currentTime;
      this.#lastMove = now;
    }
    if (now - this.#lastData > SILENCE_MS) this.#restart();
    else if (now - this.#lastMove > STALLED_MS) this.#nearLive(true);
  }

  #playing() {
    this.#tries = 0;
    this.#still.hidden = true;
    this.#onState("playing");
  }

  #restart() {
    if (this.#socket === null) return;
    this.#hold();
    this.#drop();
    this.#onState("lost");
    clearTimeout(this.#retry);
    const wait = WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)];
    this.#retry = setTimeout(() => this.start(), wait);
  }

  #drop() {
    const old = this.#socket;
    this.#socket = null;
    old.close();
    this.#source = this.#buffer = null;
    this.#queue = [];
  }

  #hold() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!width || !this.#still.hidden) return;
    Object.assign(this.#still, { width, height });
    this.#still.getContext("2d").drawImage(this.#video, 0, 0);
    this.#still.hidden = false;
  }
}
