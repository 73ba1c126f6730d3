// The product switcher: what is on screen, and what else there is.

import * as api from "../api.js";
import { byId, fill, h, painter, toast } from "../dom.js";
import { current, onLanguage, t } from "../i18n.js";
import { valueOf } from "./facts.js";

export const nameOf = (product) => Object.fromEntries(product.names)[current()] ?? product.name;

const own = (listing, field) => listing.facts.find((fact) => fact.field === field && !fact.variant)
  ?? listing.facts.find((fact) => fact.field === field);

export const priceOf = (listing) => own(listing, "price");
export const stockOf = (listing) => own(listing, "stock");

export function showProducts(store, shop) {
  const paint = painter(([shown]) => {
    const rows = shop.listings.map((listing) => row(listing, listing.product.id === shown));
    fill(byId("products"), rows.length ? rows : h("li", { class: "quiet empty" }, t("products.none")));
  });
  const draw = (force = false) => paint([store.state?.product_id, shop.listings], force);

  store.addEventListener("state", () => draw());
  shop.addEventListener("change", () => draw());
  onLanguage(() => draw(true));
}

export function picture(product) {
  const image = h("img", { class: "thumb", src: api.imageOf(product.id), alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(initial(product)));
  return image;
}

const initial = (product) => h("span", { class: "thumb none", "aria-hidden": "true" }, Array.from(product.name)[0]);

export function stockText(listing) {
  const stock = stockOf(listing);
  if (!stock) return "";
  return stock.value === 0 ? t("products.soldOut") : t("products.stock", { n: stock.value });
}

function row(listing, shown) {
  const { product } = listing;
  const price = priceOf(listing);
  const soldOut = stockOf(listing)?.value === 0;
  return h("li", {},
    h("button", {
      type: "button", class: "product", "aria-pressed": String(shown), data: { product: product.id },
      on: { click: () => show(product.id) },
    },
    picture(product),
    h("span", { class: "product-name" }, product.ordinal > 0 && h("b", { class: "ordinal" }, product.ordinal), nameOf(product)),
    h("span", { class: "product-price" }, price ? valueOf(price) : t("products.noPrice")),
    h("span", { class: "product-stock", data: { out: soldOut } }, stockText(listing)),
    h("span", { class: "product-state" }, shown ? t("products.onScreen") : t("products.show"))));
}

async function show(productId) {
  try {
    const result = await api.control({ do: "show_product", product_id: productId });
    if (!result.ok) toast(result.message, true);
  } catch (error) {
    toast(error.message, true);
  }
}
