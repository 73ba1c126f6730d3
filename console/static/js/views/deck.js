// The buttons that steer the room.

import * as api from "../api.js";
import { byId, fill, h, icon, painter, toast } from "../dom.js";
import { onLanguage, t } from "../i18n.js";

const HOLD_MS = 900;

export function showDeck(store) {
  const buttons = Object.fromEntries(["pause", "skip", "mute", "takeover", "end"].map((name) => [name, byId(`do-${name}`)]));
  const status = () => store.state?.status;
  const wanted = {
    pause: () => (status() === "paused" ? "resume" : "pause"),
    skip: () => "skip",
    mute: () => (status() === "muted" ? "unmute" : "mute"),
    takeover: () => (status() === "human" ? "release" : "takeover"),
    end: () => "end",
  };
  const paint = painter(() => {
    face(buttons.pause, status() === "paused" ? "play" : "pause", wanted.pause());
    face(buttons.skip, "skip", "skip");
    face(buttons.mute, status() === "muted" ? "sound" : "mute", wanted.mute());
    face(buttons.takeover, "human", wanted.takeover(), true);
    face(buttons.end, "stop", "end", true);
    buttons.pause.setAttribute("aria-pressed", String(status() === "paused"));
    buttons.mute.setAttribute("aria-pressed", String(status() === "muted"));
    buttons.takeover.setAttribute("aria-pressed", String(status() === "human"));
    for (const button of Object.values(buttons)) button.disabled = !store.state || status() === "ended";
  });

  const act = (name) => !buttons[name].disabled && command(wanted[name]());
  for (const name of ["pause", "skip", "mute"]) buttons[name].addEventListener("click", () => act(name));
  const holds = {
    takeover: holdable(buttons.takeover, () => act("takeover")),
    end: holdable(buttons.end, () => act("end")),
  };

  store.addEventListener("state", () => paint(status()));
  onLanguage(() => paint(status(), true));
  return { act, holds };
}

function face(button, glyph, verb, hold = false) {
  fill(button, icon(glyph), h("span", { class: "deck-word" }, t(`do.${verb}`)), hold && h("small", {}, t("do.hold")));
}

async function command(verb) {
  try {
    const result = await api.control({ do: verb });
    if (!result.ok) toast(result.message, true);
    else if (verb === "end") toast(t("do.ended"));
  } catch (error) {
    toast(error.message, true);
  }
}

// What cannot be taken back in a second is asked for by holding.
function holdable(button, act) {
  let timer = 0;
  const begin = () => {
    if (timer || button.disabled) return;
    button.classList.add("holding");
    timer = setTimeout(() => {
      cancel();
      navigator.vibrate?.(60);
      act();
    }, HOLD_MS);
  };
  const cancel = () => {
    clearTimeout(timer);
    timer = 0;
    button.classList.remove("holding");
  };
  const letGo = () => {
    if (timer) toast(t("do.holdLonger"));
    cancel();
  };
  button.addEventListener("pointerdown", begin);
  button.addEventListener("pointerup", letGo);
  for (const type of ["pointerleave", "pointercancel", "blur"]) button.addEventListener(type, cancel);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      begin();
    }
  });
  button.addEventListener("keyup", letGo);
  return { begin, letGo };
}
