// Puts the console together.

import { byId } from "./dom.js";
import { choose, current, translate } from "./i18n.js";
import { listenToKeys } from "./keys.js";
import { Live } from "./live.js";
import { Store } from "./store.js";
import { showTabs } from "./tabs.js";
import { showCheck } from "./views/check.js";
import { showComments } from "./views/comments.js";
import { showDeck } from "./views/deck.js";
import { showFiles } from "./views/files.js";
import { showJournal } from "./views/journal.js";
import { showLines } from "./views/onair.js";
import { showPreview } from "./views/preview.js";
import { showProducts } from "./views/products.js";
import { showSay } from "./views/say.js";
import { Shop, showShop } from "./views/shop.js";
import { showStatus } from "./views/status.js";

const store = new Store();
const shop = new Shop();

translate();
showPreview();
showStatus(store);
showLines(store);
showSay();
showProducts(store, shop);
const comments = showComments(store);
showShop(shop);
showFiles(shop);
showCheck();
const journal = showJournal(store);
const deck = showDeck(store);
const tabs = showTabs((name) => ({ live: comments, comments, journal })[name]?.shown());
listenToKeys(deck, tabs);

// A wide picture leaves room below it.
byId("video").addEventListener("loadedmetadata", ({ target }) => {
  const wide = target.videoWidth > target.videoHeight;
  document.querySelector(wide ? ".stage" : ".rundown").append(document.querySelector(".health"));
});
byId("language").addEventListener("click", () => choose(current() === "zh" ? "en" : "zh"));
store.addEventListener("shop", () => shop.loadSoon());

new Live(store, (linked) => {
  byId("lost").hidden = linked;
  if (linked) shop.loadSoon();
}).open();
