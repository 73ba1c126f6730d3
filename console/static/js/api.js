// The room's interface. Every failure becomes an Error whose message can be shown.

import { current, t } from "./i18n.js";

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error(t("error.unreachable"));
  }
  if (answer.status === 401) location.assign("/sign-in");
  const body = await answer.json().catch(() => ({}));
  const said = (current() === "zh" && body.error_zh) || body.error;
  if (!answer.ok) throw new Error(said || `${answer.status} ${answer.statusText}`);
  return body;
}

const send = (method, path, body) =>
  ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const product = (id) => `/api/shop/products/${encodeURIComponent(id)}`;

export const control = (command) => send("POST", "/api/control", command);
export const postEvent = (event) => send("POST", "/api/events", event);
export const journal = (after, limit) => ask(`/api/journal?after=${after}&limit=${limit}`);
export const products = () => ask("/api/shop/products");
export const shopFacts = () => ask("/api/shop/facts");
export const files = () => ask("/api/shop/files");
export const fields = () => ask("/api/shop/fields");
export const mapColumn = (file, column, field) => send("POST", "/api/shop/columns", { file, column, field });
export const check = (text, productId) => send("POST", "/api/shop/check", { text, product_id: productId });
export const patch = (id, change) => send("PATCH", product(id), change);
export const pitch = (id, language) => ask(`${product(id)}/pitch?language=${language}&minutes=1`);
export const imageOf = (id) => `${product(id)}/image`;

export function facts(ids) {
  if (!ids.length) return Promise.resolve([]);
  return ask(`/api/shop/facts?${ids.map((id) => `id=${encodeURIComponent(id)}`).join("&")}`);
}

export function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return ask("/api/shop/files", { method: "POST", body: form });
}
