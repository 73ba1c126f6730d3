// The words of the page, in the language of whoever sits before it.

import { en } from "./words/en.js";
import { zh } from "./words/zh.js";

const WORDS = { zh, en };
const KEY = "presenter.language";
const listeners = new Set();

let language = pick();

function pick() {
  const kept = localStorage.getItem(KEY);
  if (kept in WORDS) return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const current = () => language;

export function t(key, values = {}) {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// Whether there are words for a key, for names that come from the room.
export const known = (key) => key in WORDS[language];

export function choose(next) {
  language = next;
  localStorage.setItem(KEY, next);
  translate();
  for (const run of listeners) run();
}

// A spot in a file, as the room names it: "Sheet1 row 3, column 卖点".
export const spot = (place) => place
  .replace(/\b(row|line|page|item|table at paragraph|paragraph|script) (\d+)/g, (_, kind, n) => t(`spot.${kind}`, { n }))
  .replace(/, column (.+)$|^column (.+)$/, (_, after, alone) => (alone ? "" : t("spot.and")) + t("spot.column", { name: after ?? alone }));

export const onLanguage = (run) => listeners.add(run);

// Fills everything in the document that is marked with a key.
export function translate(root = document) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    node.title = t(node.dataset.tLabel);
  }
  for (const node of root.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
}

export function money(value) {
  const options = { style: "currency", currency: value.currency || "CNY", currencyDisplay: "narrowSymbol" };
  const format = new Intl.NumberFormat(language, options);
  const digits = format.resolvedOptions().maximumFractionDigits;
  const amount = value.minor / 10 ** digits;
  if (!Number.isInteger(amount)) return format.format(amount);
  return new Intl.NumberFormat(language, { ...options, maximumFractionDigits: 0 }).format(amount);
}

export const clock = (date) => date.toLocaleTimeString("en-GB");

export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const part = (n) => String(n).padStart(2, "0");
  return `${part(Math.floor(whole / 3600))}:${part(Math.floor(whole / 60) % 60)}:${part(whole % 60)}`;
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
