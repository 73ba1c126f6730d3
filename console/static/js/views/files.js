// The files staff drop in, what was read from each row, what was guessed and what refused.

import * as api from "../api.js";
import { byId, fill, h, icon, toast } from "../dom.js";
import { current, onLanguage, spot, t } from "../i18n.js";

const OUTCOMES = ["refused", "guessed", "read"];

export function showFiles(shop) {
  const zone = byId("drop");
  const input = byId("drop-input");
  const open = new Set();
  let files = [];
  let fields = [];

  async function load() {
    try {
      [files, fields] = await Promise.all([api.files(), fields.length ? fields : api.fields()]);
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  }

  function draw() {
    fill(byId("files"), files.length ? files.map(card) : h("li", { class: "quiet empty" }, t("files.none")));
  }

  function card(file) {
    const rows = OUTCOMES.flatMap((outcome) => file.rows.filter((row) => row.outcome === outcome));
    const counts = OUTCOMES.map((outcome) => [outcome, file.rows.filter((row) => row.outcome === outcome).length]);
    const details = h("details", { class: "file", open: open.has(file.name) },
      h("summary", {}, icon("file"), h("span", { class: "file-name" }, file.name),
        counts.filter(([, n]) => n).map(([outcome, n]) =>
          h("span", { class: "badge", data: { outcome } }, t(`files.${outcome}`, { n })))),
      h("ul", { class: "report" }, rows.map((row) => h("li", { data: { outcome: row.outcome } },
        h("span", { class: "badge" }, t(`outcome.${row.outcome}`)),
        row.place && h("span", { class: "report-place" }, spot(row.place)),
        h("span", {}, (current() === "zh" && row.message_zh) || row.message),
        row.column && meaning(file, row)))));
    details.addEventListener("toggle", () => (details.open ? open.add(file.name) : open.delete(file.name)));
    return h("li", {}, details);
  }

  // What a column was taken for, to be put right.
  function meaning(file, row) {
    const named = fields.map((field) => [field.key, field[current()] || field.en]);
    const known = named.some(([key]) => key === row.field);
    return h("label", { class: "meaning" }, h("span", {}, t("files.column", { column: row.column })),
      h("select", { "aria-label": t("files.column", { column: row.column }), on: { change: (event) => map(file, row, event.target.value) } },
        !known && h("option", { value: "", selected: true }, t("files.unknown")),
        named.map(([key, name]) => h("option", { value: key, selected: key === row.field }, name))));
  }

  async function map(file, row, field) {
    if (!field) return;
    try {
      await api.mapColumn(file.name, row.column, field);
      open.add(file.name);
      toast(t("files.mapped", { column: row.column }));
      await shop.load();
    } catch (error) {
      toast(error.message, true);
    }
  }

  async function take(list) {
    for (const file of list) {
      toast(t("files.reading", { name: file.name }));
      try {
        const report = await api.upload(file);
        open.add(report.name);
        const count = (outcome) => report.rows.filter((row) => row.outcome === outcome).length;
        toast(`${report.name}: ${OUTCOMES.map((outcome) => t(`files.${outcome}`, { n: count(outcome) })).join(" · ")}`);
      } catch (error) {
        toast(error.message, true);
      }
    }
    await shop.load();
  }

  zone.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    await take([...input.files]);
    input.value = "";
  });
  // Anywhere on the page: a file that misses the zone must not be opened by the browser.
  window.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = true;
  });
  window.addEventListener("dragleave", (event) => event.relatedTarget === null && delete zone.dataset.over);
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    take([...event.dataTransfer.files]);
  });
  shop.addEventListener("change", load);
  onLanguage(draw);
}
