/** The time that is looked at: the last so many milliseconds, all of it, or a piece that was picked. */

import {byId} from "./elements.js";

const HOUR = 3_600_000;

export class Range {

  /** @param changed told when the reader picks another */
  constructor(changed) {
    this.changed = changed;
    this.choice = HOUR;
    this.buttons = [...byId("range").querySelectorAll("button")];
    byId("range").addEventListener("click", ({target}) => {
      const choice = target.dataset.range;
      if (choice) this.set(choice === "all" ? "all" : Number(choice));
    });
    this.mark();
  }

  /** @param choice milliseconds, "all" or {from, to} */
  set(choice) {
    if (typeof choice === "object") this.before = this.isPiece() ? this.before : this.choice;
    this.choice = choice;
    this.mark();
    this.changed();
  }

  /** Back from a piece to what was looked at before. */
  reset() {
    if (this.isPiece()) this.set(this.before ?? HOUR);
  }

  isPiece() {
    return typeof this.choice === "object";
  }

  /** In the monitor's time; null is as far as it goes. */
  bounds(now) {
    if (this.isPiece()) return this.choice;
    return {from: this.choice === "all" ? null : now - this.choice, to: null};
  }

  /** Longer ranges than the monitor keeps say nothing more than all. */
  limit(historyMs) {
    for (const button of this.buttons) button.hidden = Number(button.dataset.range) > historyMs;
  }

  mark() {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", button.dataset.range === String(this.choice));
    }
  }
}
