// The room's state at a glance: badge with its cause, time on air, outputs, counters.

import { byId, fill, h, icon, painter } from "../dom.js";
import { known, onLanguage, seconds, span, t } from "../i18n.js";

const TROUBLE = ["pictures_late", "pictures_skipped", "reconnects", "restarts", "blocked"];

export function showStatus(store) {
  const badge = painter(drawBadge);
  const outputs = painter(drawOutputs);
  const health = painter(drawHealth);

  function draw(force = false) {
    const state = store.state;
    if (!state) return;
    byId("room").textContent = state.room;
    byId("clock").textContent = span(state.seconds_since_start);
    badge([state.status, state.reasons], force);
    outputs(state.sinks, force);
    health([state.counters, store.medianMs, state.voice, state.quality, state.writer, state.reasons], force);
  }

  store.addEventListener("state", () => draw());
  store.addEventListener("comments", () => draw());
  onLanguage(() => draw(true));
}

function drawBadge([status, reasons]) {
  document.body.dataset.status = status;
  byId("badge-word").textContent = t(`status.${status}`);
  const causes = status === "live" && reasons.length === 0 ? [t("cause.live")] : reasons;
  byId("cause").textContent = status === "live" || status === "fallback"
    ? causes.join(" · ") || t(`cause.${status}`)
    : [t(`cause.${status}`), ...reasons].join(" · ");
  document.title = `${t(`status.${status}`)} · ${byId("room").textContent}`;
}

function drawOutputs(sinks) {
  const rows = sinks.map((sink) =>
    h("li", { class: "sink", data: { state: sink.state } },
      h("span", { class: "dot", "aria-hidden": "true" }),
      h("span", { class: "sink-url", title: sink.url }, sink.url === "null:" ? t("outputs.null") : sink.url),
      h("span", { class: "sink-state" }, t(`sink.${sink.state}`)),
      (sink.message || sink.dropped > 0) && h("span", { class: "sink-message" },
        [sink.message, sink.dropped ? t("outputs.dropped", { n: sink.dropped }) : ""].filter(Boolean).join(" · "))));
  fill(byId("outputs"), rows.length ? rows : h("li", { class: "quiet" }, t("outputs.none")));
}

function drawHealth([counters, medianMs, voice, quality, writer, reasons]) {
  const tile = (key, value, bad) =>
    h("div", { class: "tile", data: { bad } }, h("dd", {}, value), h("dt", {}, t(`count.${key}`)));
  fill(byId("health"),
    tile("median", medianMs === null ? "–" : seconds(medianMs), medianMs > 2000),
    tile("answered", counters.answered ?? 0, false),
    TROUBLE.map((key) => tile(key, counters[key] ?? 0, (counters[key] ?? 0) > 0)));
  byId("levels").textContent = [
    voice && `${t("health.voice")} ${voice}`,
    quality && `${t("health.quality")} ${known(`quality.${quality}`) ? t(`quality.${quality}`) : quality}`,
    writer && `${t("health.writer")} ${known(`writer.${writer}`) ? t(`writer.${writer}`) : writer}`,
  ].filter(Boolean).join(" · ");
  fill(byId("reasons"), reasons.map((reason) => h("li", {}, icon("warn"), reason)));
}
