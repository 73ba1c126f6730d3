// A line typed by the operator. It passes the same gate as every other; a refusal says why.

import * as api from "../api.js";
import { byId, fill, h, icon, toast } from "../dom.js";
import { t } from "../i18n.js";
import { markedText, objections } from "./facts.js";

export function showSay() {
  const form = byId("say-form");
  const box = byId("say-text");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    form.dataset.busy = true;
    try {
      const result = await api.control({ do: "say", text });
      if (result.ok) box.value = "";
      if (result.ok) toast(t("say.sent"));
      fill(byId("say-result"), result.ok ? [] : refusal(text, result));
    } catch (error) {
      toast(error.message, true);
    } finally {
      delete form.dataset.busy;
    }
  });
  box.addEventListener("keydown", (event) => {
    // Enter also ends a word in a Chinese input method; that one must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function refusal(text, result) {
  const why = result.claims.some((claim) => claim.reason) || result.rules.length;
  return h("div", { class: "refusal" },
    h("p", { class: "refusal-head" }, icon("warn"), t("say.refused")),
    h("p", { class: "refusal-text" }, markedText(text, result.claims)),
    why ? objections(result.claims, result.rules) : h("p", {}, result.message));
}
