/** Speed, latency, batches, waiting and lag of the instance that serves the page. */

import {Chart, fromZero, line, times, values, withGaps} from "./chart.js";
import {byId, say, table, tables} from "./elements.js";
import {lettersByReason} from "./figures.js";
import {amount, count, fullTime, milliseconds} from "./format.js";

const place = byId("performance");
const MOST_ROWS = 100;
/** A busy monitor looks at itself later than it wants to; that is no hole. */
const LATE = 5000;
const CHARTS = {
  speed: {columns: ["imagesPerSecond"], format: amount},
  latency: {columns: ["latencyP50Ms", "latencyP99Ms"], format: amount, words: milliseconds},
  batch: {columns: ["batchSize"], format: amount},
  wait: {columns: ["queueWaitMs", "inferenceMs"], format: amount, words: milliseconds},
  lag: {columns: ["lag"], format: count},
};

export class Performance {

  constructor() {
    this.charts = Object.entries(CHARTS).map(([name, {columns, format, words = format}]) => {
      const figure = place.querySelector(`[data-chart=${name}]`);
      const plot = figure.querySelector(".plot");
      const said = figure.querySelector("figcaption");
      const title = [...said.childNodes];
      plot.setAttribute("aria-label", `${title[0].textContent.trim()} over time; the table below has the values`);
      const chart = new Chart(plot, () => this.options(columns, format),
        i => `${fullTime(chart.columns[0][i])}: ${chart.columns.slice(1).map(column => words(column[i])).join(", ")}`,
        text => {
          if (text) say(said, text);
          // Not put there again, or it would be read out again.
          else if (said.firstChild !== title[0]) said.replaceChildren(...title);
        });
      return {columns, chart};
    });
    this.fillTable = tables(place.querySelector("details"), () => [this.table()]);
  }

  show(answer, bounds, now) {
    this.answer = answer;
    this.from = bounds.from ?? answer.start[0] ?? now - 60_000;
    this.to = bounds.to ?? now;
    for (const {columns, chart} of this.charts) {
      chart.show(withGaps(answer.start, 1.5 * answer.stepMs + LATE, columns.map(name => answer[name])));
    }
    const busy = answer.imagesPerSecond.filter(value => value > 0);
    const speed = busy.length === 0 ? "It had no image in this time."
      : `Up to ${amount(Math.max(...busy))} images per second.`;
    say(byId("performance-said"), `${speed} ${lettersByReason(answer.deadLetters ?? {})}`);
    this.fillTable();
  }

  options(columns, format) {
    return {
      scales: {x: {range: () => [this.from, this.to]}, y: {range: fromZero}},
      axes: [times(), values(format, 26)],
      series: [{}, line("rate", {width: 1.5}), line("second", {width: 1.5, dash: [5, 3]})]
        .slice(0, columns.length + 1),
    };
  }

  table() {
    const each = this.answer;
    const names = Object.values(CHARTS).flatMap(({columns}) => columns);
    const formats = Object.values(CHARTS).flatMap(({columns, format, words = format}) => columns.map(() => words));
    const some = each.start.length > MOST_ROWS ? `, ${MOST_ROWS} of ${each.start.length}` : "";
    return table(`Figures, latest first${some}`,
      ["From", "Images/s", "Latency p50", "p99", "Batch size", "Queue wait", "Network", "Lag"],
      each.start.map((at, i) => [fullTime(at), ...names.map((name, c) => formats[c](each[name][i]))])
        .slice(-MOST_ROWS).reverse());
  }
}
