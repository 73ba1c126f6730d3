// Shortcuts. They are off while somebody types.

import { byId } from "./dom.js";

const TABS = { 1: "live", 2: "shop", 3: "journal" };

export function listenToKeys(deck, tabs) {
  const help = byId("help");
  const typing = (node) => node.matches("input, textarea, select") || node.isContentEditable;

  const pressed = {
    " ": () => deck.act("pause"),
    n: () => deck.act("skip"),
    m: () => deck.act("mute"),
    t: () => deck.holds.takeover.begin(),
    s: () => { tabs.show("live"); byId("say-text").focus(); },
    "/": () => tabs.search(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // Space on a button presses that button.
    if (event.key === " " && event.target.matches("button, summary, a")) return;
    const run = pressed[event.key.toLowerCase()] ?? (TABS[event.key] && (() => tabs.show(TABS[event.key])));
    if (!run || event.repeat) return;
    event.preventDefault();
    run();
  });
  document.addEventListener("keyup", (event) => event.key.toLowerCase() === "t" && deck.holds.takeover.letGo());
  byId("help-open").addEventListener("click", () => help.showModal());
  help.addEventListener("click", (event) => event.target === help && help.close());
}
