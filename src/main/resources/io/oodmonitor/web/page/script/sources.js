/** The sources to pick from: the monitor searches, as a page with thousands of them would be of no use. */

import {byId, element, replaceKeepingFocus, say} from "./elements.js";
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
    replaceKeepingFocus(byId("sources").querySelector("ul"), [
      ...this.search === "" && total > 0 ? [this.row(null, "All sources", null, chosen === null)] : [],
      ...sources.map(each => this.row(each.source, each.source, each, each.source === chosen))]);
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

  row(source, name, figures, chosen) {
    const button = element("button", {
      type: "button", "aria-pressed": chosen, class: figures?.alert ? "raised" : null,
      title: figures === null ? null : `${plural(figures.images, "image")}, ${percent(figures.rate)} out of distribution`,
      onclick: () => this.picked(source),
    }, element("span", {class: "name"}, name));
    if (figures !== null) {
      if (figures.alert) button.append(element("span", {class: "tag"}, "Alert"));
      button.append(element("span", {class: "figure"}, percent(figures.lastRate)));
    }
    return element("li", {"data-key": source ?? ""}, button);
  }
}
