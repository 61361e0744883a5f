// Elements are made of text nodes alone: no text of an article is ever read as HTML.

/** Make an element. Attributes that are functions listen to events; null and false leave an attribute out. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Wrap somebody's text, so that its direction stays its own. */
const bdi = (text) => h("bdi", null, text);

const byId = (id) => document.getElementById(id);

const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

const shortened = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** Return the address of a part of the report: link("article", id, {at: 3}). */
function link(name, value, more = {}) {
  const parts = [value === undefined ? name : `${name}=${encodeURIComponent(value)}`];
  for (const [key, each] of Object.entries(more)) if (each !== "") parts.push(`${key}=${encodeURIComponent(each)}`);
  return `#${parts.join("&")}`;
}

/** Return the address of an article on the web if it is one of http, else null. */
function webAddress(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Tell readers of the screen what has changed. */
function announce(text) {
  byId("status").textContent = text;
}

/** Hand a file to the reader. */
function download(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Let the arrow keys move along elements, of which one at a time is reached with the tab key. */
function moveAlong(event, elements, keys) {
  const at = elements.indexOf(event.target);
  if (at < 0) return;
  const to = { [keys[0]]: at - 1, [keys[1]]: at + 1, Home: 0, End: elements.length - 1 }[event.key];
  if (to === undefined || !elements[to]) return;
  event.preventDefault();
  elements[to].focus();
}
