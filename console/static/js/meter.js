// How loud it is. Browsers give sound only after a gesture, so the meter wakes with the sound.

const FLOOR_DB = -54;
const FALL_DB_PER_S = 24;
const MARKS = [[-9, "#ff4b3e"], [-18, "#f5b942"], [FLOOR_DB, "#3fcf8e"]];

export class Meter {
  #canvas;
  #analyser = null;
  #samples = null;
  #level = FLOOR_DB;
  #drawn = 0;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#draw(0);
  }

  // Within a gesture. Where the browser manages the media source, sound that passes an audio graph
  // falls silent with the phone's ringer switch, so there the meter stays dark.
  wake(video) {
    if (this.#analyser || window.ManagedMediaSource) return;
    const context = new AudioContext();
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = 2048;
    this.#samples = new Float32Array(2048);
    const source = context.createMediaElementSource(video);
    source.connect(this.#analyser);
    source.connect(context.destination);
    context.resume();
    requestAnimationFrame((now) => this.#tick(now));
  }

  get level() {
    return this.#level;
  }

  #tick(now) {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 1e-6;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    const fallen = this.#level - (FALL_DB_PER_S * (now - this.#drawn)) / 1000;
    this.#level = Math.max(FLOOR_DB, 20 * Math.log10(peak), fallen);
    this.#drawn = now;
    this.#draw(1 - this.#level / FLOOR_DB);
    requestAnimationFrame((next) => this.#tick(next));
  }

  #draw(share) {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    const steps = 36;
    for (let i = 0; i < steps; i++) {
      const db = FLOOR_DB * (1 - (i + 0.5) / steps);
      const [, colour] = MARKS.find(([from]) => db >= from);
      context.globalAlpha = i / steps < share ? 1 : 0.16;
      context.fillStyle = colour;
      context.fillRect(0, height - ((i + 1) * height) / steps, width, height / steps - 2);
    }
  }
}
