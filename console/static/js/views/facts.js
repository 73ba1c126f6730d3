// Facts and claims, wherever they are shown: what is claimed, and where it stands.

import * as api from "../api.js";
import { h, icon } from "../dom.js";
import { money, spot } from "../i18n.js";

const cache = new Map();

// Facts by id; asked for once, until the shop changes.
export async function lookUp(ids) {
  const missing = ids.filter((id) => !cache.has(id));
  if (missing.length) for (const fact of await api.facts(missing)) cache.set(fact.id, fact);
  return ids.map((id) => cache.get(id)).filter(Boolean);
}

export const forget = () => cache.clear();

export function valueOf(fact) {
  if (typeof fact.value === "object") return money(fact.value);
  return fact.unit ? `${fact.value} ${fact.unit}` : String(fact.value);
}

export const labelOf = (fact) => (fact.label || fact.field) + (fact.variant ? ` · ${fact.variant}` : "");

export function factRow(fact) {
  return h("li", { class: "fact", data: { fact: fact.id } },
    h("span", { class: "fact-label" }, labelOf(fact)),
    h("span", { class: "fact-value" }, valueOf(fact)),
    h("span", { class: "fact-source" }, `${fact.source.file} · ${spot(fact.source.place)}`));
}

// A list that fills itself; facts the shop no longer has are shown by their id.
export function factList(ids) {
  const list = h("ul", { class: "facts" });
  lookUp(ids)
    .then((facts) => {
      const found = new Set(facts.map((fact) => fact.id));
      const gone = ids.filter((id) => !found.has(id)).map((id) => h("li", { class: "fact" }, id));
      list.replaceChildren(...facts.map(factRow), ...gone);
    })
    .catch((error) => list.replaceChildren(h("li", { class: "fact" }, error.message)));
  return list;
}

// The text with each claim marked: backed or not.
export function markedText(text, claims) {
  const parts = [];
  let at = 0;
  // Offsets count code points, as Python does; a string of JavaScript counts UTF-16 units.
  const points = Array.from(text);
  const slice = (from, to) => points.slice(from, to).join("");
  for (const claim of [...claims].sort((a, b) => a.start - b.start)) {
    if (claim.start < at) continue;
    parts.push(slice(at, claim.start));
    const mark = h("mark", { class: claim.reason ? "claim bad" : "claim ok" }, slice(claim.start, claim.end));
    if (claim.reason) mark.title = claim.reason;
    parts.push(mark);
    at = claim.end;
  }
  parts.push(slice(at));
  return parts.filter(Boolean);
}

// What does not hold, and why.
export function objections(claims, rules) {
  return h("ul", { class: "objections" },
    claims.filter((claim) => claim.reason).map((claim) =>
      h("li", {}, icon("cross"), h("span", {}, h("b", {}, claim.text), " ", claim.reason))),
    rules.map((rule) => h("li", {}, icon("warn"), h("span", {}, rule))));
}
