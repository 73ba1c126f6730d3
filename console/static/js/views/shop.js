// The shop: products and each of their facts with its source.

import * as api from "../api.js";
import { byId, fill, h, icon, toast } from "../dom.js";
import { current, onLanguage, spot, t } from "../i18n.js";
import { factList, forget, labelOf, markedText, valueOf } from "./facts.js";
import { nameOf, picture, priceOf, stockText } from "./products.js";

const EDITABLE = new Set(["price", "list_price", "stock"]);
const WHOLE = "";

// The products as last read, shared by the switcher and the shop tab.
export class Shop extends EventTarget {
  listings = [];
  whole = [];
  #due = 0;

  // A file that is read tells of many changes at once.
  loadSoon() {
    clearTimeout(this.#due);
    this.#due = setTimeout(() => this.load(), 200);
  }

  async load() {
    forget();
    try {
      [this.listings, this.whole] = await Promise.all([api.products(), api.shopFacts()]);
      this.dispatchEvent(new Event("change"));
    } catch (error) {
      toast(error.message, true);
    }
  }
}

export function showShop(shop) {
  const search = byId("shop-search");
  let chosen = null;

  function draw() {
    const words = search.value.trim().toLowerCase();
    const listings = shop.listings.filter(({ product }) =>
      [product.id, product.name, product.brand, ...product.names.map(([, name]) => name), ...product.aliases]
        .some((name) => name.toLowerCase().includes(words)));
    fill(byId("shop-products"), listings.map(item),
      shop.whole.length > 0 && h("li", {}, h("button", {
        type: "button", class: "shop-item", "aria-pressed": String(chosen === WHOLE), on: { click: () => pick(WHOLE) },
      }, h("span", { class: "thumb none" }, icon("shop")), h("span", { class: "product-name" }, t("shop.whole")))));
    if (chosen === null && shop.listings.length) chosen = shop.listings[0].product.id;
    drawDetail();
  }

  function item(listing) {
    const { product } = listing;
    const price = priceOf(listing);
    return h("li", {}, h("button", {
      type: "button", class: "shop-item", "aria-pressed": String(chosen === product.id), data: { product: product.id },
      on: { click: () => pick(product.id) },
    }, picture(product), h("span", { class: "product-name" }, nameOf(product)),
    h("small", {}, [product.id, price && valueOf(price), stockText(listing)].filter(Boolean).join(" · "))));
  }

  function pick(id) {
    chosen = id;
    draw();
  }

  function drawDetail() {
    const place = byId("shop-detail");
    if (chosen === WHOLE) return fill(place, h("h2", {}, t("shop.whole")), table(shop.whole, shop));
    const listing = shop.listings.find(({ product }) => product.id === chosen);
    if (!listing) return fill(place, h("p", { class: "quiet empty" }, t("shop.pick")));
    const { product } = listing;
    fill(place,
      h("header", { class: "detail-head" }, picture(product),
        h("div", {}, h("h2", {}, nameOf(product)),
          h("p", { class: "quiet small" }, [product.id, product.brand, product.category].filter(Boolean).join(" · ")))),
      table(listing.facts, shop),
      pitchOf(product));
  }

  search.addEventListener("input", draw);
  shop.addEventListener("change", draw);
  onLanguage(draw);
}

function table(facts, shop) {
  return h("table", { class: "facts-table" },
    h("thead", {}, h("tr", {}, ["field", "value", "source"].map((key) => h("th", { scope: "col" }, t(`shop.${key}`))))),
    h("tbody", {}, facts.map((fact) => row(fact, shop))));
}

function row(fact, shop) {
  const value = h("td", { class: "value" });
  show();
  return h("tr", { data: { fact: fact.id } },
    h("th", { scope: "row" }, labelOf(fact)), value,
    h("td", { class: "source" }, h("span", {}, fact.source.file), h("span", {}, spot(fact.source.place)),
      fact.valid_until && h("span", {}, t("shop.until", { when: new Date(fact.valid_until).toLocaleString(current()) }))));

  function show() {
    fill(value, h("span", {}, valueOf(fact)), EDITABLE.has(fact.field) && fact.product_id && h("button", {
      type: "button", class: "icon-button small", "aria-label": `${t("shop.edit")} ${labelOf(fact)}`, on: { click: edit },
    }, icon("edit")));
  }

  function edit() {
    const input = h("input", { type: "text", inputmode: "decimal", "aria-label": labelOf(fact), value: plainValue(fact) });
    const form = h("form", { class: "edit", on: { submit: save, keydown: (event) => event.key === "Escape" && show() } },
      input, h("button", { type: "submit", class: "primary" }, t("shop.save")),
      h("button", { type: "button", on: { click: show } }, t("shop.cancel")));
    fill(value, form);
    input.select();

    async function save(event) {
      event.preventDefault();
      try {
        await api.patch(fact.product_id, { field: fact.field, value: input.value, variant: fact.variant });
        toast(t("shop.saved"));
        await shop.load();
      } catch (error) {
        toast(error.message, true);
      }
    }
  }
}

function plainValue({ value }) {
  if (typeof value !== "object") return String(value);
  const format = new Intl.NumberFormat("en", { style: "currency", currency: value.currency });
  return String(value.minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

// What the presenter would say about a product, line by line, and what stands behind each.
function pitchOf(product) {
  const lines = h("ol", { class: "pitch" });
  const button = h("button", { type: "button", on: { click: write } }, icon("say"), t("shop.pitch"));
  return h("section", { class: "pitch-box" }, button, lines);

  async function write() {
    button.disabled = true;
    fill(lines, h("li", { class: "quiet" }, t("shop.writing")));
    try {
      const written = await api.pitch(product.id, current());
      fill(lines, written.map((line) => h("li", {}, h("p", {}, markedText(line.text, line.claims)),
        line.fact_ids.length > 0 && factList(line.fact_ids))));
    } catch (error) {
      fill(lines);
      toast(error.message, true);
    } finally {
      button.disabled = false;
    }
  }
}
