// Everything that happened, newest first, as sentences.

import * as api from "../api.js";
import { byId, coalesced, fill, h, toast } from "../dom.js";
import { clock, known, onLanguage, seconds, span, t } from "../i18n.js";

const KINDS = ["answer", "line", "blocked", "operator", "step_down", "step_up", "restart", "sink", "shop", "start", "end"];
const SHOWN = 400;
const PAGE = 200;

export function showJournal(store) {
  const list = byId("journal");
  const search = byId("journal-search");
  const kind = byId("journal-kind");
  const older = byId("journal-older");
  let early = [];
  let stale = true;

  function draw() {
    if (list.offsetParent === null) return void (stale = true);
    stale = false;
    const words = search.value.trim().toLowerCase();
    const rows = latest([...early, ...store.entries])
      .filter((entry) => !kind.value || entry.kind === kind.value)
      .map((entry) => [entry, sentence(entry)])
      .filter(([entry, text]) => `${text} ${t(`entry.${entry.kind}`)}`.toLowerCase().includes(words))
      .slice(-SHOWN).reverse()
      .map(([entry, text]) => row(entry, text, store));
    fill(list, rows.length ? rows : h("li", { class: "quiet empty" }, t("journal.empty")));
    older.hidden = first() <= 1;
  }

  const first = () => early[0]?.n ?? store.entries[0]?.n ?? 1;

  function drawKinds() {
    const chosen = kind.value;
    fill(kind, h("option", { value: "" }, t("journal.all")),
      KINDS.map((name) => h("option", { value: name }, t(`entry.${name}`))));
    kind.value = chosen;
  }

  older.addEventListener("click", async () => {
    try {
      const until = first();
      const page = await api.journal(Math.max(0, until - 1 - PAGE), PAGE);
      early = [...page.filter((entry) => entry.n < until), ...early];
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  });
  search.addEventListener("input", draw);
  kind.addEventListener("change", draw);
  store.addEventListener("entries", coalesced(draw));
  onLanguage(() => { drawKinds(); draw(); });
  drawKinds();
  return { shown: () => stale && draw() };
}

// An answer is written again when it is on air and when it is done; one row shows the last of it.
function latest(entries) {
  const rows = new Map();
  for (const entry of entries) {
    const key = entry.kind === "answer" ? `answer ${entry.data.event_ids}` : entry.n;
    rows.set(key, { ...entry, n: rows.get(key)?.n ?? entry.n, at_ms: rows.get(key)?.at_ms ?? entry.at_ms });
  }
  return [...rows.values()];
}

function row(entry, text, store) {
  return h("li", { class: "entry", data: { kind: entry.kind } },
    h("time", { title: span(entry.at_ms / 1000) }, clock(store.timeOf(entry.at_ms))),
    h("span", { class: "badge" }, t(`entry.${entry.kind}`)),
    h("span", { class: "entry-text" }, text));
}

function sentence({ kind, data }) {
  switch (kind) {
    case "answer": return answer(data);
    case "line": return data.text;
    case "blocked": return joined(
      named("by", data.by), data.text, data.reason,
      ...(data.claims ?? []).filter((claim) => claim.reason).map((claim) => `${claim.text}: ${claim.reason}`),
      ...(data.rules ?? []));
    case "operator": return joined(
      named("do", data.do), data.text, data.product_id, data.scene, data.ok === false && t("entry.not"), data.message);
    case "step_down":
    case "step_up":
    case "restart":
      return joined(named("part", data.part) + (data.to ? ` → ${named("quality", data.to)}` : ""), data.reason);
    case "sink": return joined(data.url, named("sink", data.state), data.message);
    case "start": return joined(data.room, data.presenter, data.scene);
    default: return plain(data);
  }
}

function answer(data) {
  const asked = (data.comments ?? []).map((comment) => `${comment.user}: ${comment.text}`).join(" / ");
  const wait = data.on_air === undefined || data.on_air === null ? "" : ` (${seconds(data.on_air - data.received)})`;
  return `${asked} → ${t(`action.${data.action}`)} ${data.text ?? ""}${wait}`;
}

const joined = (...parts) => parts.filter(Boolean).join(" · ");

// The page's own word for a name of the room's, or the name as it stands.
const named = (family, name) => (known(`${family}.${name}`) ? t(`${family}.${name}`) : name ?? "");

const plain = (data) => Object.entries(data)
  .filter(([, value]) => value !== "" && value?.length !== 0)
  .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(" · ");
