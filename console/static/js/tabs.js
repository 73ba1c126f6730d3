// One page of the console at a time. The address remembers which.

import { byId } from "./dom.js";

const SEARCH = { live: "comment-search", comments: "comment-search", shop: "shop-search", journal: "journal-search" };

export function showTabs(onShow) {
  const buttons = [...document.querySelectorAll("[data-tab]")];
  let shown = "live";

  function show(name) {
    shown = name;
    document.body.dataset.view = name;
    for (const button of buttons) {
      if (button.dataset.tab === name) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    history.replaceState(null, "", `#/${name}`);
    onShow(name);
  }

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.tab));
  const asked = location.hash.slice(2);
  show(asked in SEARCH ? asked : "live");
  return {
    show,
    search: () => {
      if (shown === "live" && byId("comment-search").offsetParent === null) show("comments");
      byId(SEARCH[shown]).focus();
    },
  };
}
