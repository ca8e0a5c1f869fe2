/** uPlot as this page uses it: in its colours, as wide as its place, with the keyboard as with the mouse. */

import {amount, timeTick} from "./format.js";

const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
/** Pixels: the widest digit of these fonts, and the room beside the plot. */
const LETTER = 7.7, RIGHT = 12;
const all = new Set();

addEventListener("theme", () => all.forEach(chart => chart.again()));

export const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** A colour that lets others through. */
export const thin = (name, share) => `color-mix(in srgb, ${colour(name)} ${100 * share}%, transparent)`;

/**
 * @param place    where it is drawn; as large as the style says
 * @param options  answers uPlot's options, in the colours of that moment
 * @param readout  answers what a point says, by its index; shown where say() puts it
 */
export class Chart {

  constructor(place, options, readout, say) {
    this.place = place;
    this.options = options;
    this.readout = readout;
    this.say = say;
    all.add(this);
    new ResizeObserver(() => this.fit()).observe(place);
    if (readout) {
      place.tabIndex = 0;
      place.addEventListener("keydown", event => this.key(event));
      ["pointermove", "pointerdown"].forEach(name => place.addEventListener(name, () => this.at = undefined));
      place.addEventListener("focusout", () => {
        this.at = undefined;
        this.plot?.setCursor({left: -10, top: -10});
      });
    }
  }

  /** Drawn with the next frame, once, however often it is called before. */
  show(columns) {
    this.columns = columns;
    this.due ??= requestAnimationFrame(() => {
      this.due = undefined;
      if (this.plot) this.plot.setData(this.columns);
      else this.make();
    });
  }

  /** The same again, for what is drawn over it has changed. */
  redraw() {
    if (this.columns) this.show(this.columns);
  }

  /** Anew, in other colours. */
  again() {
    if (!this.plot) return;
    this.plot.destroy();
    this.make();
  }

  make() {
    const {width, height} = this.size();
    const options = this.options();
    const hooks = {...options.hooks};
    if (this.readout) {
      hooks.setCursor = [({cursor: {idx, left}}) =>
        this.say(idx === null || idx === undefined || left < 0 ? "" : this.readout(idx))];
    }
    this.plot = new uPlot({
      width, height, ms: 1, legend: {show: false}, padding: [8, RIGHT, 0, 0],
      ...options,
      hooks,
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 7}, move: (...to) => this.move(...to),
        ...options.cursor},
    }, this.columns, this.place);
  }

  size() {
    return {width: Math.max(this.place.clientWidth, 120), height: Math.max(this.place.clientHeight, 60)};
  }

  fit() {
    const {width, height} = this.size();
    if (this.plot && (this.plot.width !== width || this.plot.height !== height)) this.plot.setSize({width, height});
  }

  key(event) {
    const points = this.columns?.[0].length;
    if (!points || event.target !== this.place) return;
    const {idx, left} = this.plot.cursor;
    const at = left >= 0 ? idx : null;
    const next = {
      ArrowLeft: at === null ? points - 1 : Math.max(at - 1, 0),
      ArrowRight: at === null ? 0 : Math.min(at + 1, points - 1),
      Home: 0, End: points - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.at = this.columns[0][next];
    this.plot.setCursor({left: this.plot.valToPos(this.at, "x"), top: this.plot.bbox.height / 2});
  }

  /** What the keyboard picked moves with the data: or each time that they change, another point would be read out. */
  move(u, left, top) {
    return [this.at === undefined ? left : u.valToPos(this.at, "x"), top];
  }
}

/** A time axis. */
export const times = () => ({
  ...axis(), size: 24, space: 70, incrs: undefined,
  values: (u, ticks, index, space, step) => ticks.map(tick => whole(u, tick, timeTick(tick, step))),
});

/** Nothing instead of a word that the right edge would cut off. */
const whole = (u, tick, word) =>
  u.valToPos(tick, "x") + word.length * LETTER / 2 > u.bbox.width / devicePixelRatio + RIGHT ? "" : word;

/** A value axis; at least so many pixels between its words. */
export const values = (format = amount, space = 34) => ({
  ...axis(), size: 52, space, values: (u, ticks) => ticks.map(tick => tick === null ? "" : format(tick)),
});

const axis = () => ({
  stroke: colour("soft"), font: FONT, gap: 6, ticks: {show: false}, grid: {stroke: colour("grid"), width: 1},
});

/** A line; points stand alone where their neighbours lack. */
export const line = (name, more = {}) => ({
  stroke: colour(name), width: 1.75, spanGaps: false,
  points: {show: true, size: 5, width: 0, fill: colour(name), filter: alone},
  ...more,
});

/** From zero to a little above the highest. */
export const fromZero = (u, low, high) => [0, high > 0 ? high * 1.1 : 1];

function alone(u, series) {
  const column = u.data[series];
  const missing = i => column[i] === null || column[i] === undefined;
  return column.flatMap((value, i) => !missing(i) && missing(i - 1) && missing(i + 1) ? [i] : []);
}

/**
 * Columns over time with a hole wherever windows are left out, for a line must not cross what nobody saw.
 *
 * @param starts  ascending
 * @param longest from one start to the next without a hole
 * @param columns of the same length
 */
export function withGaps(starts, longest, columns) {
  const made = [[], ...columns.map(() => [])];
  starts.forEach((start, i) => {
    if (i > 0 && start - starts[i - 1] > longest) {
      made[0].push((starts[i - 1] + start) / 2);
      for (let c = 1; c < made.length; c++) made[c].push(null);
    }
    made[0].push(start);
    columns.forEach((column, c) => made[c + 1].push(column[i]));
  });
  return made;
}
