// The picture with its sound: on the console, and alone on the preview page.

import { byId, fill, icon } from "../dom.js";
import { onLanguage, t } from "../i18n.js";
import { Meter } from "../meter.js";
import { LivePlayer } from "../player.js";

export function showPreview() {
  const video = byId("video");
  const note = byId("preview-note");
  const button = byId("sound");
  const meter = new Meter(byId("meter"));
  let state = "connecting";

  function draw() {
    note.hidden = state === "playing";
    note.textContent = state === "playing" ? "" : t(`preview.${state}`);
    fill(button, icon(video.muted ? "mute" : "sound"), video.muted ? t("sound.tap") : "");
    button.setAttribute("aria-label", t(video.muted ? "sound.on" : "sound.off"));
    button.dataset.muted = video.muted;
  }

  function flip() {
    video.muted = !video.muted;
    meter.wake(video);
    video.play().catch(() => {});
    draw();
  }

  button.addEventListener("click", flip);
  video.addEventListener("click", flip);
  video.addEventListener("loadedmetadata", () => {
    byId("screen").dataset.shape = video.videoWidth > video.videoHeight ? "wide" : "tall";
  });
  onLanguage(draw);
  draw();
  new LivePlayer(video, byId("still"), (next) => {
    state = next;
    draw();
  }).start();
  return meter;
}
