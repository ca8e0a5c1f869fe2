/** Out-of-distribution images: the latest of them, those of an alert, and one in detail. */

import {thumbnail} from "./api.js";
import {byId, element, keyed, say} from "./elements.js";
import {fullTime, percent, plural, pValue, score, time} from "./format.js";

const place = byId("images"), list = place.querySelector("ul"), said = place.querySelector(".said");
const region = byId("episode");
const dialog = byId("detail");
const CARDS = {key: image => image.key, make: card};
const MOST_SHOWN = 480, MOST_HELD = 48;

/** The latest, newest first, no more than a page can bear. */
export class Images {

  /**
   * @param older  told when the reader wants more, with the cursor to go on from
   * @param latest told when the latest are to be loaded again
   */
  constructor({older, latest}) {
    this.shown = [];
    this.held = [];
    this.next = null;
    this.latest = latest;
    byId("older").addEventListener("click", () => older(this.next));
    byId("newer").addEventListener("click", () => {
      this.release();
      list.querySelector("button")?.focus();
    });
  }

  /**
   * Shows what is fetched, and what is flagged meanwhile, as that may be missing there.
   *
   * @param fetched  a promise of {images, next}
   * @param isWanted whether, once they are there, anybody still wants them
   */
  async load(fetched, isWanted) {
    const meanwhile = this.meanwhile = [];
    try {
      const {images, next} = await fetched;
      if (!isWanted()) return;
      this.shown = images;
      this.held = [];
      this.held = meanwhile.filter(image => !this.has(image));
      this.gap = undefined;
      this.missing = false;
      this.next = next;
      this.release();
    } finally {
      if (this.meanwhile === meanwhile) this.meanwhile = undefined;
    }
  }

  append({images, next}) {
    const first = this.shown.length;
    this.shown = this.shown.concat(images.filter(image => !this.has(image))).slice(0, MOST_SHOWN);
    this.next = this.shown.length < MOST_SHOWN ? next : null;
    this.draw();
    list.children[first]?.querySelector("button").focus({preventScroll: true});
  }

  /** One that was flagged just now. Nothing moves under a reader's hand: then it waits. */
  add(image) {
    this.meanwhile?.push(image);
    if (this.has(image)) return;
    this.held.push(image);
    if (this.held.length > MOST_HELD) {
      this.held.sort(newestFirst);
      this.leftOut(this.held.pop());
    }
    this.settle();
  }

  /** More were flagged than anybody was told of. */
  missed() {
    this.missing = true;
    this.settle();
  }

  settle() {
    if (place.matches(":hover, :focus-within") || dialog.open) {
      this.newer();
    } else {
      this.due ??= requestAnimationFrame(() => {
        this.due = undefined;
        this.release();
      });
    }
  }

  release() {
    if (this.missing) this.latest();
    const most = Math.max(this.shown.length, MOST_HELD);
    const all = [...this.held, ...this.shown].sort(newestFirst);
    if (all.length > most) this.leftOut(all[most]);
    // No hole: what is older than something that is left out is loaded again by whoever wants more.
    this.shown = all.slice(0, most).filter(each => !this.gap || newestFirst(each, this.gap) < 0);
    if (this.gap) this.next = this.shown.at(-1).key;
    this.held = [];
    this.gap = undefined;
    this.draw();
  }

  leftOut(image) {
    if (!this.gap || newestFirst(image, this.gap) < 0) this.gap = image;
  }

  has(image) {
    return this.shown.some(each => each.key === image.key) || this.held.some(each => each.key === image.key);
  }

  draw() {
    keyed(list, this.shown, CARDS);
    say(said, this.shown.length === 0 ? "None."
      : this.shown.length === MOST_SHOWN ? `No more than ${MOST_SHOWN} are shown.` : "");
    byId("older").hidden = this.next === null;
    this.newer();
  }

  newer() {
    byId("newer").hidden = this.held.length === 0 && !this.missing;
    byId("newer").textContent = this.missing ? "Show the latest" : `Show ${plural(this.held.length, "new one")}`;
  }
}

/** By the key, which says when it was judged, in which partition and where: as the monitor orders them. */
function newestFirst(one, other) {
  const [a, b] = [one, other].map(({key}) => key.split("-").map(Number));
  return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
}

/** The images of an alert, beneath the rates; no title, and they are gone. */
export function episode(title, images) {
  region.hidden = title === null;
  if (title === null) return;
  say(region.querySelector("header .said"), title);
  say(region.querySelector(":scope > .said"), images.length === 0 ? "None of its images is kept." : "");
  keyed(region.querySelector("ul"), images, CARDS);
}

function card(image) {
  const name = image.predictedLabel ?? "no class";
  return element("li", {}, element("button", {
    type: "button", class: "card", onclick: () => detail(image),
    "aria-label": `${name}, score ${score(image.score)}, ${image.source}, ${time(image.scoredAt)}: show`,
  },
  picture(image),
  pair(element("b", {}, name), percent(image.confidence)),
  pair(score(image.score), element("small", {}, `p ${pValue(image.pValue)}`)),
  element("small", {class: "pair"}, element("span", {}, image.source), element("span", {}, time(image.scoredAt)))));
}

const pair = (one, other) => element("span", {class: "pair"}, element("span", {}, one), element("span", {}, other));

/** A thumbnail, or a place for one where none is kept. */
function picture(image) {
  const frame = element("span", {class: "picture"});
  const none = () => frame.replaceChildren(element("span", {class: "none"}, "no thumbnail"));
  if (image.thumbnail) {
    const shown = element("img", {src: thumbnail(image), alt: "", loading: "lazy", decoding: "async", onerror: none});
    // Smooth where it is shrunk, but pixels stay pixels where it is a few of them.
    shown.addEventListener("load", () => shown.classList.toggle("small", shown.naturalWidth <= 64));
    frame.append(shown);
  } else {
    none();
  }
  return frame;
}

function detail(image) {
  const facts = [
    ["Score", score(image.score)], ["Threshold", `${score(image.threshold)} (version ${image.thresholdVersion})`],
    ["p-value", pValue(image.pValue)], ["Energy", score(image.energy)],
    ["Predicted class", image.predictedLabel ?? "none"], ["Confidence", percent(image.confidence)],
    ["Source", image.source], ["Captured", fullTime(image.capturedAt)], ["Judged", fullTime(image.scoredAt)],
    ["Detector", image.detectorVersion], ["Id", image.id]];
  dialog.replaceChildren(
    element("header", {}, element("h2", {id: "detail-title", tabindex: "-1", autofocus: ""}, "Out of distribution"),
      element("button", {type: "button", class: "plain", onclick: () => dialog.close()}, "Close")),
    element("div", {class: "detail"}, picture(image),
      element("dl", {}, ...facts.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, value))))));
  dialog.showModal();
}

dialog.addEventListener("click", event => {
  if (event.target === dialog) dialog.close();
});
