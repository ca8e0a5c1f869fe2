/** How the threshold moved, on how many images, and how well the classifier does on them. */

import {Chart, fromZero, line, times, values} from "./chart.js";
import {byId, say, table, tables} from "./elements.js";
import {count, fullTime, percent, plural, score} from "./format.js";

const place = byId("thresholds");
const FIGURES = {
  threshold: {format: score, range: around},
  samples: {format: count, range: fromZero},
  accuracy: {format: percent, range: (u, low, high) => around(u, low, high).map(value => Math.min(value, 1.001))},
};

export class Thresholds {

  constructor() {
    this.charts = Object.entries(FIGURES).map(([name, figure]) => {
      const plot = place.querySelector(`[data-chart=${name}] .plot`);
      const said = plot.previousElementSibling;
      const title = said.textContent;
      plot.setAttribute("aria-label", `${title} over time; the table below has the values`);
      return {name, chart: new Chart(plot, () => this.options(figure),
        i => `${title}: ${figure.format(this.columns[name][i])} since ${fullTime(this.columns.time[i])}`,
        text => say(said, text || title))};
    });
    this.fillTable = tables(place.querySelector("details"), () => [this.table()]);
  }

  /** @param thresholds oldest first */
  show(thresholds, now) {
    this.thresholds = thresholds;
    this.now = now;
    // The last is in force until now.
    const last = thresholds.at(-1);
    const shown = last ? [...thresholds, {...last, updatedAt: Math.max(now, last.updatedAt + 1)}] : [];
    this.columns = {time: shown.map(each => each.updatedAt)};
    for (const {name, chart} of this.charts) {
      this.columns[name] = shown.map(each => each[name] ?? null);
      chart.show([this.columns.time, this.columns[name]]);
    }
    place.querySelector(".stack").hidden = thresholds.length === 0;
    say(byId("thresholds-said"), last ? `${score(last.threshold)} (version ${last.version}) from `
      + `${plural(last.samples, "image")}, ${percent(last.targetFalseAlarmRate)} false alarms by construction`
      + `${last.accuracy === null ? "." : `; the classifier is right on ${percent(last.accuracy)} of them.`}`
      : "None from the topic yet: the model's own holds until calibration images come.");
    this.fillTable();
  }

  options({format, range}) {
    return {
      scales: {y: {range}},
      axes: [times(), values(format, 20)],
      series: [{}, line("rate", {paths: uPlot.paths.stepped({align: 1}), points: {show: false}})],
    };
  }

  table() {
    return table("Thresholds, latest first",
      ["Since", "Version", "Threshold", "Images", "Accuracy", "Target", "Detector"],
      this.thresholds.map(each => [fullTime(each.updatedAt), String(each.version), score(each.threshold),
        count(each.samples), percent(each.accuracy), percent(each.targetFalseAlarmRate), each.detectorVersion])
        .reverse());
  }
}

/** Close around what there is, with room where all is the same. */
function around(u, low, high) {
  if (low === null) return [0, 1];
  const room = (high - low) * .15 || Math.abs(high) * .05 || .5;
  return [low - room, high + room];
}
