/** The sources to pick from: the monitor searches, as a page with thousands of them would be of no use. */

import {byId, element, keyed, say} from "./elements.js";
import {count, percent, plural} from "./format.js";

const TYPING = 200;

export class Sources {

  /**
   * @param picked  told of the source that the reader picks, null for all
   * @param sought  told when the reader looks for others
   */
  constructor({picked, sought}) {
    this.picked = picked;
    this.search = "";
    const field = byId("search");
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.search = field.value.trim();
        sought();
      }, TYPING);
    });
    byId("all-sources").addEventListener("click", () => picked(null));
  }

  /** @param chosen null for all */
  show(answer, chosen) {
    const {sources, total, matching} = answer;
    this.answer = answer;
    const every = this.search === "" && total > 0 ? [{source: null}] : [];
    keyed(byId("sources").querySelector("ul"), [...every, ...sources], {
      key: ({source}) => source === null ? "" : " " + source, make: each => this.row(each),
      update: (row, each) => update(row, each, each.source === chosen),
    });
    say(byId("sources").querySelector(".said"), total === 0 ? "None has sent an image yet."
      : matching === 0 ? `None of ${count(total)} matches.`
      : sources.length < matching ? `${count(sources.length)} of ${count(matching)}: search for more.`
      : this.search === "" ? "" : `${count(matching)} of ${count(total)}`);
  }

  mark(chosen) {
    if (this.answer) this.show(this.answer, chosen);
    say(byId("chosen"), chosen === null ? "of all sources" : `of ${chosen}`);
    byId("all-sources").hidden = chosen === null;
  }

  row({source}) {
    return element("li", {}, element("button", {type: "button", onclick: () => this.picked(source)},
      element("span", {class: "name"}, source ?? "All sources"), element("span", {class: "tag", hidden: ""}, "Alert"),
      element("span", {class: "figure"})));
  }
}

function update(row, {source, images, rate, lastRate, alert}, chosen) {
  const button = row.firstChild;
  button.setAttribute("aria-pressed", chosen);
  if (source === null) return;
  button.classList.toggle("raised", alert);
  button.title = `${source}: ${plural(images, "image")}, ${percent(rate)} out of distribution`;
  button.querySelector(".tag").hidden = !alert;
  say(button.querySelector(".figure"), percent(lastRate));
}
