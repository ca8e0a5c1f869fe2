/** The rate over time, its band, what is expected, and the alerts as spans that can be picked. */

import {Chart, colour, line, thin, times, values, withGaps} from "./chart.js";
import {byId, element, keyed, say, table, tables} from "./elements.js";
import {count, fullTime, length, NONE, percent, plural, pValue, span} from "./format.js";

const BAR = 9, LANES = 3, MOST_BARS = 60, MOST_CHIPS = 6, MOST_ROWS = 200, MOST_ALERTS = 200;

export class Rates {

  /**
   * @param picked  told of the alert that the reader picks, or null
   * @param zoomed  told of the piece {from, to} that the reader drags over, or null to go back
   */
  constructor({picked, zoomed}) {
    this.picked = picked;
    this.alerts = [];
    this.rates = {start: [], images: [], ood: [], rate: [], lower: [], upper: []};
    this.chart = new Chart(byId("rate-plot"), () => this.options(zoomed), i => this.readout(i),
      text => say(byId("rate-readout"), text));
    this.bars = element("div", {class: "bars", role: "toolbar", "aria-label": "Alerts over time",
      onkeydown: event => this.step(event), onfocusin: () => this.stop()});
    this.fillTables = tables(byId("rate-table"), () => this.tables());
  }

  /**
   * @param bounds {from, to} of the axis, nulls where the data decide
   * @param now    the monitor's time
   */
  show(rates, alerts, chosen, bounds, now) {
    Object.assign(this, {rates, alerts, chosen, now});
    const first = rates.start[0] ?? now - 60_000;
    this.from = bounds.from ?? first;
    this.to = bounds.to ?? Math.max(now, this.from + 1);
    this.chart.show(withGaps(rates.start, 1.5 * rates.stepMs, [rates.upper, rates.lower, rates.rate]));
    this.summarise();
    this.chips();
    this.fillTables();
  }

  /** One that was raised or cleared just now, at once: the rates beneath it are asked for anew in their own time. */
  add(alert) {
    this.alerts = [alert, ...this.alerts.filter(each => keyOf(each) !== keyOf(alert))]
      .sort((one, other) => other.from - one.from).slice(0, MOST_ALERTS);
    this.summarise();
    this.chips();
    this.chart.redraw();
  }

  /** Marks the alert whose images are shown, or none. */
  mark(alert) {
    this.chosen = alert;
    this.chips();
    this.chart.redraw();
  }

  options(zoomed) {
    return {
      scales: {x: {range: () => [this.from, this.to]}, y: {range: () => [0, this.top()]}},
      axes: [times(), values(percent)],
      series: [{},
        {stroke: "transparent", points: {show: false}},
        {stroke: "transparent", points: {show: false}},
        line("rate")],
      bands: [{series: [1, 2], fill: thin("rate", .16)}],
      padding: [LANES * BAR + 6, 12, 0, 0],
      cursor: {
        drag: {x: true, y: false, setScale: false, dist: 6},
        bind: {dblclick: () => () => zoomed(null)},
      },
      hooks: {
        init: [u => {
          u.over.append(this.bars);
          u.over.addEventListener("click", event => this.pickAt(u, event));
        }],
        drawAxes: [u => this.drawSpans(u)],
        draw: [u => {
          this.drawExpected(u);
          this.placeBars(u);
        }],
        setSelect: [u => {
          const {left, width} = u.select;
          if (width < 6) return;
          const piece = {from: Math.round(u.posToVal(left, "x")), to: Math.round(u.posToVal(left + width, "x"))};
          u.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
          zoomed(piece);
        }],
      },
    };
  }

  /** Room for the line, not for the widest band: a source with few images would else flatten all others. */
  top() {
    const {rate, upper, expectedRate} = this.rates;
    const highest = rate.reduce((high, value) => Math.max(high, value), 0);
    const usual = [...upper].sort((a, b) => a - b)[Math.floor(upper.length / 2)] ?? 0;
    return Math.min(1.02, Math.max(highest * 1.15, usual * 1.1, 4 * (expectedRate ?? 0), 0.01));
  }

  spans(u) {
    const right = this.to;
    return this.alerts
      .map(alert => ({alert, from: Math.max(alert.from, this.from), to: Math.min(alert.to ?? this.now, right)}))
      .filter(({from, to}) => from < right && to >= this.from)
      .map(({alert, from, to}) => {
        const left = u.valToPos(from, "x");
        return {alert, left, width: Math.max(u.valToPos(to, "x") - left, 5)};
      });
  }

  drawSpans(u) {
    const {ctx, bbox: {left, top, width, height}} = u;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    for (const each of this.spans(u)) {
      const [x, wide] = [left + each.left * ratio, each.width * ratio];
      ctx.fillStyle = thin("alert", this.isChosen(each.alert) ? .22 : .1);
      ctx.fillRect(x, top, wide, height);
    }
    ctx.restore();
  }

  drawExpected(u) {
    const {expectedRate} = this.rates;
    if (expectedRate === null || expectedRate === undefined) return;
    const {ctx, bbox: {left, width}} = u;
    const y = u.valToPos(expectedRate, "y", true);
    ctx.save();
    ctx.strokeStyle = colour("soft");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.restore();
  }

  /** Above the plot, in lanes where they overlap; buttons, so that the keyboard reaches them. */
  placeBars(u) {
    const ends = Array(LANES).fill(-1);
    keyed(this.bars, this.spans(u).slice(0, MOST_BARS).reverse(), {
      key: ({alert}) => keyOf(alert),
      make: ({alert}) => element("button", {type: "button", onclick: () => this.pick(keyOf(alert))}),
      update: (bar, {alert, left, width}) => {
        const free = ends.findIndex(end => end <= left);
        const lane = free < 0 ? LANES - 1 : free;
        ends[lane] = Math.max(ends[lane], left + width + 1);
        bar.setAttribute("aria-pressed", this.isChosen(alert));
        bar.setAttribute("aria-label", `Alert: ${words(alert)}`);
        bar.title = words(alert);
        bar.style.left = left + "px";
        bar.style.width = width + "px";
        bar.style.top = -(lane + 1) * BAR + "px";
      },
    });
    this.stop();
  }

  /** The tab key stops at one of them, or it would take sixty to get past; arrows go to the others. */
  stop() {
    const bars = [...this.bars.children];
    const stop = bars.find(bar => bar === document.activeElement)
      ?? bars.find(bar => bar.getAttribute("aria-pressed") === "true") ?? bars.at(-1);
    for (const bar of bars) bar.tabIndex = bar === stop ? 0 : -1;
  }

  step(event) {
    const bars = [...this.bars.children], at = bars.indexOf(event.target);
    const next = {ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    bars[next]?.focus();
  }

  pickAt(u, event) {
    const at = event.clientX - u.over.getBoundingClientRect().left;
    if (event.target !== u.over) return;
    const hit = this.spans(u).find(({left, width}) => left <= at && at <= left + width);
    if (hit) this.pick(keyOf(hit.alert));
  }

  /** The one of that key, as it is now; once more, and none is picked. */
  pick(key) {
    const alert = this.alerts.find(each => keyOf(each) === key);
    if (alert) this.picked(this.isChosen(alert) ? null : alert);
  }

  isChosen(alert) {
    return this.chosen !== null && this.chosen !== undefined && keyOf(alert) === keyOf(this.chosen);
  }

  chips() {
    const more = this.alerts.length - MOST_CHIPS;
    keyed(byId("alerts").querySelector("ul"), this.alerts.slice(0, MOST_CHIPS), {
      key: keyOf,
      make: alert => element("li", {}, element("button", {type: "button", class: "chip",
        onclick: () => this.pick(keyOf(alert))},
      element("b", {}, alert.source), ` ${percent(alert.rate)} `, element("small"))),
      update: ({firstChild: chip}, alert) => {
        chip.classList.toggle("raised", alert.to === null);
        chip.setAttribute("aria-pressed", this.isChosen(alert));
        say(chip.lastChild, span(alert.from, alert.to));
      },
    });
    say(byId("alerts").querySelector(".said"), more > 0 ? `and ${count(more)} earlier` : "");
  }

  summarise() {
    const {rates, alerts} = this;
    const images = sum(rates.images), ood = sum(rates.ood);
    const raised = alerts.filter(alert => alert.to === null).length;
    say(byId("rate-said"), images === 0 ? "No image in this time." :
      `${percent(ood / images)} of ${plural(images, "image")} in ${length(this.to - this.from)}, `
      + `${percent(rates.expectedRate)} expected; ` + (alerts.length === 0 ? "no alert." :
        `${plural(alerts.length, "alert")}${raised > 0 ? `, ${raised} still raised` : ""}.`));
  }

  readout(i) {
    const at = this.chart.columns[0][i];
    const row = this.rates.start.indexOf(at);
    if (row < 0) return "";
    const {images, ood, rate, lower, upper} = this.rates;
    return `${fullTime(at)}: ${percent(rate[row])} (${percent(lower[row])} to ${percent(upper[row])}), `
      + `${count(ood[row])} of ${count(images[row])}`;
  }

  tables() {
    const {start, images, ood, rate, lower, upper} = this.rates;
    const rows = start.map((at, i) => [fullTime(at), count(images[i]), count(ood[i]), percent(rate[i]),
      `${percent(lower[i])} to ${percent(upper[i])}`]).slice(-MOST_ROWS).reverse();
    return [
      table(`Rates, latest first${start.length > MOST_ROWS ? `, ${MOST_ROWS} of ${count(start.length)}` : ""}`,
        ["From", "Images", "Out of distribution", "Rate", "95% band"], rows),
      table("Alerts, latest first", ["Source", "From", "To", "Images", "Rate", "Expected", "p-value"],
        this.alerts.map(alert => [alert.source, fullTime(alert.from), alert.to === null ? "raised" : fullTime(alert.to),
          count(alert.images), percent(alert.rate), percent(alert.expectedRate), pValue(alert.pValue)]))];
  }
}

export const words = alert => `${alert.source || NONE}, ${span(alert.from, alert.to)}, ${percent(alert.rate)} of `
  + `${plural(alert.images, "image")} out of distribution, ${percent(alert.expectedRate)} expected`;

export const keyOf = alert => `${alert.source} ${alert.from}`;

const sum = column => column.reduce((total, value) => total + value, 0);
