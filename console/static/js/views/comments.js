// What viewers say, what is done about it, and on which facts.

import * as api from "../api.js";
import { byId, coalesced, fill, h, icon, toast } from "../dom.js";
import { clock, onLanguage, seconds, t } from "../i18n.js";
import { latency } from "../store.js";
import { factList } from "./facts.js";

const FILTERS = ["all", "answer", "unknown", "moderate"];
const SHOWN = 120;

export function showComments(store) {
  const list = byId("comments");
  const search = byId("comment-search");
  const nodes = new Map();
  let filter = "all";

  function matches(comment) {
    const words = search.value.trim().toLowerCase();
    const said = `${comment.user} ${comment.text} ${comment.answer ?? ""}`.toLowerCase();
    return (filter === "all" || comment.action === filter) && said.includes(words);
  }

  function draw(force = false) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    if (force) nodes.clear();
    const shown = [...store.comments.values()].filter(matches).slice(-SHOWN);
    const wanted = shown.map((comment) => nodeOf(comment));
    if (!wanted.length) {
      const empty = store.comments.size ? "comments.none" : "comments.empty";
      return fill(list, h("li", { class: "quiet empty" }, t(empty)));
    }
    for (const node of [...list.children]) if (!wanted.includes(node)) node.remove();
    wanted.forEach((node, i) => list.children[i] !== node && list.insertBefore(node, list.children[i] ?? null));
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  function nodeOf(comment) {
    const kept = nodes.get(comment.id);
    const now = JSON.stringify(comment);
    if (kept?.shown === now) return kept.node;
    const node = card(comment, store, kept?.node.querySelector("details")?.open ?? false);
    nodes.set(comment.id, { node, shown: now });
    return node;
  }

  function drawFilters() {
    fill(byId("comment-filters"), FILTERS.map((name) =>
      h("button", {
        type: "button", class: "chip", "aria-pressed": String(filter === name),
        on: { click: () => { filter = name; drawFilters(); draw(); } },
      }, name === "all" ? t("comments.all") : t(`action.${name}`))));
  }

  search.addEventListener("input", () => draw());
  byId("comment-form").addEventListener("submit", (event) => {
    event.preventDefault();
    send(store);
  });
  store.addEventListener("comments", coalesced(draw));
  store.addEventListener("state", () => nodes.size || draw());
  onLanguage(() => { drawFilters(); draw(true); });
  drawFilters();
  return { shown: () => (list.scrollTop = list.scrollHeight) };
}

function card(comment, store, open) {
  const action = comment.action ?? "waiting";
  const wait = latency(comment);
  return h("li", { class: "comment", data: { action, id: comment.id } },
    h("div", { class: "comment-head" },
      h("b", { class: "who" }, comment.user || "–"),
      h("time", {}, clock(store.timeOf(comment.at))),
      h("span", { class: "badge" }, t(`action.${action}`))),
    h("p", { class: "said" }, comment.text || comment.id),
    comment.answer && h("div", { class: "answer" },
      h("p", {}, comment.answer),
      h("div", { class: "answer-foot" },
        comment.facts?.length > 0 && factsOf(comment.facts, open),
        wait !== null && h("span", {
          class: "wait", data: { slow: wait > 2000 }, title: t("comments.wait", { s: seconds(wait) }),
        }, seconds(wait)))),
    !comment.answer && comment.reason && h("p", { class: "quiet small" }, comment.reason));
}

function factsOf(ids, open) {
  const details = h("details", { open },
    h("summary", {}, icon("check"), `${t("comments.facts")} ${ids.length}`));
  const load = () => details.open && details.children.length < 2 && details.append(factList(ids));
  details.addEventListener("toggle", load);
  load();
  return details;
}

async function send(store) {
  const box = byId("comment-text");
  const text = box.value.trim();
  if (!text) return;
  // crypto.randomUUID is only there on https and localhost; a phone in the same network has neither.
  const random = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0"));
  const id = `console-${random.join("")}`;
  const user = t("comments.me");
  store.expect(id, user, text);
  box.value = "";
  try {
    await api.postEvent({ id, kind: "comment", platform: "console", user: { id: "console", name: user }, text });
  } catch (error) {
    box.value = text;
    toast(error.message, true);
  }
}
