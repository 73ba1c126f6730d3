// The files staff drop in, what was read from each row, what was guessed and what refused.

import * as api from "../api.js";
import { byId, fill, h, icon, toast } from "../dom.js";
import { onLanguage, t } from "../i18n.js";

const OUTCOMES = ["refused", "guessed", "read"];

export function showFiles(shop) {
  const zone = byId("drop");
  const input = byId("drop-input");
  const open = new Set();
  let files = [];

  async function load() {
    try {
      files = await api.files();
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
        h("span", { class: "report-place" }, row.place),
        h("span", {}, row.message)))));
    details.addEventListener("toggle", () => (details.open ? open.add(file.name) : open.delete(file.name)));
    return h("li", {}, details);
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
