// Would this line pass? For staff who write scripts.

import * as api from "../api.js";
import { byId, fill, h, icon, toast } from "../dom.js";
import { onLanguage, t } from "../i18n.js";
import { factList, markedText, objections } from "./facts.js";

export function showCheck() {
  const box = byId("check-text");
  let last = null;

  function draw() {
    if (last) fill(byId("check-result"), verdict(last));
  }

  byId("check-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    try {
      last = await api.check(box.value.trim(), "");
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  });
  onLanguage(draw);
}

function verdict({ ok, text, claims, rules }) {
  const backed = claims.filter((claim) => claim.fact_id && !claim.reason).map((claim) => claim.fact_id);
  return h("div", { class: "verdict", data: { ok } },
    h("p", { class: "verdict-head" }, icon(ok ? "check" : "cross"), t(ok ? "check.ok" : "check.bad")),
    h("p", { class: "refusal-text" }, markedText(text, claims)),
    objections(claims, rules),
    backed.length > 0 && factList([...new Set(backed)]),
    claims.length === 0 && rules.length === 0 && h("p", { class: "quiet small" }, t("check.noClaims")));
}
