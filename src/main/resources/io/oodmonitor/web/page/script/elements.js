/** What the page is made of. Text is never read as HTML: names come from topics. */

export const byId = id => document.getElementById(id);

/** Attributes that are null are left out; those that start with "on" are listened to. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** A text that is only touched when it changes, so that it can be selected and is not read out again. */
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param rows each an array of cells, the first of which names it */
export function table(caption, titles, rows) {
  return element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption}, element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...titles.map(title => element("th", {scope: "col"}, title)))),
    element("tbody", {}, ...rows.map(([first, ...cells]) => element("tr", {},
      element("th", {scope: "row"}, first), ...cells.map(cell => element("td", {}, cell)))))));
}

/**
 * A table beside a chart, made only while somebody looks at it.
 *
 * @param tables answers the tables of what is shown
 */
export function tables(details, tables) {
  const fill = () => {
    if (details.open) details.lastElementChild.replaceChildren(...tables());
  };
  details.addEventListener("toggle", fill);
  return fill;
}

/**
 * Has a list show items. What was there and stays is the same element as before, so that focus, a tooltip or a click
 * that is under way are not lost each time that figures change.
 *
 * @param key    of an item, a text
 * @param make   a new element
 * @param update has an element say what the item says now
 */
export function keyed(list, items, {key, make, update = () => {}}) {
  const known = new Map([...list.children].map(child => [child.dataset.key, child]));
  const wanted = items.map(item => {
    const child = known.get(key(item)) ?? make(item);
    child.dataset.key = key(item);
    update(child, item);
    return child;
  });
  const focused = document.activeElement;
  const kept = new Set(wanted);
  [...list.children].filter(child => !kept.has(child)).forEach(child => child.remove());
  wanted.forEach((child, i) => {
    if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null);
  });
  // An element that is moved loses it.
  if (list.contains(focused)) focused.focus({preventScroll: true});
}
