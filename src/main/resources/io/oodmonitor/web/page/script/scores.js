/** How scores are spread now, and how those of the calibration images are. */

import {Chart, colour, fromZero, line, thin, values} from "./chart.js";
import {byId, say, table, tables} from "./elements.js";
import {amount, count, percent, plural, score} from "./format.js";

const place = byId("scores");

/** A distance beyond which distributions of the same law are told apart once in a hundred times. */
const ONCE_IN_100 = 1.63;

export class Scores {

  constructor() {
    this.chart = new Chart(place.querySelector(".plot"), () => this.options(), i => this.readout(i),
      text => say(place.querySelector(".readout"), text));
    this.fillTable = tables(place.querySelector("details"), () => [this.table()]);
  }

  show(scores) {
    this.scores = scores;
    const {bounds, recent, recentCount, calibration} = scores;
    const shares = recent.map(each => recentCount > 0 ? each / recentCount : 0);
    // The last step needs an end of its own.
    const steps = column => column.length === 0 ? bounds.map(() => null) : [...column, column.at(-1)];
    this.shares = shares;
    this.chart.show(bounds.length === 0 ? [[], [], []] : [even(bounds), steps(shares), steps(calibration)]);
    say(byId("scores-said"), this.words());
    this.fillTable();
  }

  options() {
    const stepped = uPlot.paths.stepped({align: 1});
    return {
      scales: {x: {time: false, range: (u, low, high) => this.width(low, high)}, y: {range: fromZero}},
      axes: [{...values(amount, 60), size: 24}, values(percent)],
      series: [{},
        line("rate", {paths: stepped, fill: thin("rate", .16), points: {show: false}}),
        line("soft", {paths: stepped, dash: [5, 3], points: {show: false}})],
      hooks: {draw: [u => this.drawThreshold(u)]},
    };
  }

  /** The threshold belongs on the picture, too. */
  width(low, high) {
    const {threshold} = this.scores;
    const known = [low, high, threshold].filter(value => value !== null && value !== undefined);
    return known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  }

  drawThreshold(u) {
    const {threshold} = this.scores;
    if (threshold === null || threshold === undefined) return;
    const {ctx, bbox: {top, height}} = u;
    const x = u.valToPos(threshold, "x", true);
    ctx.save();
    ctx.strokeStyle = colour("alert");
    ctx.lineWidth = 2 * devicePixelRatio;
    // The dashes of the line before.
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
    ctx.stroke();
    ctx.restore();
  }

  words() {
    const {recentCount, calibrationCount, threshold, ks} = this.scores;
    if (!recentCount) return "No score yet.";
    const sentence = `The last ${plural(recentCount, "score")}; threshold ${score(threshold)}.`;
    if (ks === null || ks === undefined) return sentence;
    const drift = ks > driftFrom(recentCount, calibrationCount);
    return `${sentence} Kolmogorov–Smirnov distance ${amount(ks)}: `
      + (drift ? "they differ by more than chance does." : "no more than chance.");
  }

  readout(i) {
    const {bounds, recent, calibration} = this.scores;
    if (i >= recent.length) return "";
    return `${score(bounds[i])} to ${score(bounds[i + 1])}: ${percent(this.shares[i])} now, `
      + `${percent(calibration[i])} in calibration`;
  }

  table() {
    const {bounds, recent, calibration} = this.scores;
    return table("Scores by share", ["Score from", "to", "Images", "Share now", "Share in calibration"],
      recent.map((number, i) => [score(bounds[i]), score(bounds[i + 1]), count(number), percent(this.shares[i]),
        percent(calibration[i])]));
  }
}

/** The outer bins hold what lies beyond, however far: drawn as wide as the others, they leave these their room. */
function even(bounds) {
  if (bounds.length < 4) return bounds;
  const step = bounds[2] - bounds[1];
  return [Math.max(bounds[0], bounds[1] - step), ...bounds.slice(1, -1), Math.min(bounds.at(-1), bounds.at(-2) + step)];
}

/** Smirnov's large-sample bound of the distance between two samples. */
function driftFrom(recent, calibration) {
  return calibration ? ONCE_IN_100 * Math.sqrt((recent + calibration) / (recent * calibration))
    : ONCE_IN_100 / Math.sqrt(recent);
}
