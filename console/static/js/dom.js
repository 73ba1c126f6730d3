// Building the page. Text is always set as text: nothing a viewer writes is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

// 24 x 24 strokes.
const ICONS = {
  pause: "M9 5v14M15 5v14",
  play: "M8 5l11 7-11 7z",
  skip: "M6 5l9 7-9 7zM18 5v14",
  sound: "M4 9v6h4l5 4V5L8 9zM17 9a4 4 0 0 1 0 6M19.5 6.5a8 8 0 0 1 0 11",
  mute: "M4 9v6h4l5 4V5L8 9zM17 9l5 6M22 9l-5 6",
  human: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6",
  stop: "M6 6h12v12H6z",
  say: "M4 5h16v11H10l-5 4v-4H4z",
  send: "M4 12l16-7-5 15-3-6z",
  live: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM5.6 5.6a9 9 0 0 0 0 12.8M18.4 5.6a9 9 0 0 1 0 12.8",
  comments: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  shop: "M5 8h14l-1 12H6zM9 8V6a3 3 0 0 1 6 0v2",
  journal: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h4",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  help: "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2.2M12 17.5v.5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  check: "M5 13l4 4L19 7",
  cross: "M6 6l12 12M18 6L6 18",
  edit: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  warn: "M12 4l9 16H3zM12 10v5M12 17.5v.5",
  down: "M6 9l6 6 6-6",
};

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [type, run] of Object.entries(value)) node.addEventListener(type, run);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "class") node.className = value;
    else if (key in node && typeof node[key] === "boolean") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const byId = (id) => document.getElementById(id);

export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

// Redraws a part only when what it shows has changed, so that focus and selection stay.
export function painter(draw) {
  let shown;
  return (value, force = false) => {
    const now = JSON.stringify(value);
    if (now === shown && !force) return;
    shown = now;
    draw(value);
  };
}

// Runs once before the next picture, however often it is asked for.
export function coalesced(run) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      run();
    });
  };
}

let toastTimer;

export function toast(text, bad = false) {
  const node = byId("toast");
  node.textContent = text;
  node.dataset.bad = bad;
  node.dataset.shown = true;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => delete node.dataset.shown, bad ? 6000 : 2500);
}
