// The line on air with the facts behind it, and the line after it.

import { byId, fill, h, icon, painter } from "../dom.js";
import { onLanguage, t } from "../i18n.js";
import { factList, markedText } from "./facts.js";

export function showLines(store) {
  let open = false;
  const now = painter(drawNow);
  const next = painter(drawNext);

  function drawNow(line) {
    const place = byId("line-now");
    byId("line-kind").textContent = line ? t(`kind.${line.kind}`) : "";
    if (!line) return fill(place, h("p", { class: "line quiet" }, t("line.none")));
    const text = h("p", { class: "line", lang: line.language }, markedText(line.text, line.claims));
    if (!line.fact_ids.length) return fill(place, text, h("p", { class: "quiet small" }, t("line.noFacts")));
    const facts = h("div", { id: "line-facts", hidden: !open }, open ? factList(line.fact_ids) : []);
    const toggle = h("button", {
      type: "button", class: "link facts-toggle", "aria-expanded": String(open), "aria-controls": "line-facts",
      on: { click: flip },
    }, icon("check"), t("line.facts", { n: line.fact_ids.length }), icon("down"));
    text.addEventListener("click", (event) => event.target.closest(".claim") && !open && flip());
    fill(place, text, toggle, facts);

    function flip() {
      open = !open;
      facts.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
      if (open) fill(facts, factList(line.fact_ids));
    }
  }

  function drawNext(line) {
    fill(byId("line-next"), line
      ? h("p", { class: "line-next", lang: line.language }, line.text)
      : h("p", { class: "quiet" }, t("line.noneNext")));
  }

  function draw(force = false) {
    if (!store.state) return;
    now(store.state.line, force);
    next(store.state.next_line, force);
  }

  store.addEventListener("state", () => draw());
  onLanguage(() => draw(true));
}
