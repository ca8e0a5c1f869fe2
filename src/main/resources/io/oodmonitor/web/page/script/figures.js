/** The line of figures, the model's name and how the monitor is. */

import {byId, say} from "./elements.js";
import {amount, count, length, milliseconds, percent} from "./format.js";

const place = byId("figures");
const put = (name, text) => say(place.querySelector(`[data-figure=${name}]`), text);

export function model({model, modelVersion, detectorVersion, device}) {
  byId("model").textContent = [`${model} ${modelVersion}`, detectorVersion, device].filter(Boolean).join(" · ");
}

/**
 * @param rates windows of the last while
 * @param back  how long that while is
 */
export function rate({images, ood, expectedRate}, back) {
  say(byId("rate-title-now"), `OOD rate, last ${length(back)}`);
  const all = sum(images), none = all === 0;
  const [lower, upper] = wilson(sum(ood), all);
  put("rate", percent(none ? null : sum(ood) / all));
  put("rate-aside", none ? "no image" : `${percent(lower)}–${percent(upper)}, ${percent(expectedRate)} expected`);
  place.querySelector("[data-figure=rate]").classList.toggle("raised", !none && lower > expectedRate);
}

/** Wilson's interval of a share at 95%, as the monitor has it for each window. */
function wilson(some, all) {
  const z = 1.959964, z2 = z * z / all, share = some / all;
  const middle = share + z2 / 2, half = z * Math.sqrt((share * (1 - share) + z2 / 4) / all);
  return [Math.max(0, (middle - half) / (1 + z2)), Math.min(1, (middle + half) / (1 + z2))];
}

const sum = column => column.reduce((total, value) => total + value, 0);

export function status({ready, why, imagesPerSecond, lag, latencyP50Ms, latencyP99Ms, batchSize, deadLetters}) {
  state(ready ? "ready" : "not-ready", ready ? "Ready" : `Not ready: ${why ?? "it starts."}`);
  put("speed", amount(imagesPerSecond));
  put("speed-aside", batchSize ? `in batches of ${amount(batchSize)}` : "");
  put("p50", milliseconds(latencyP50Ms));
  put("p99", latencyP99Ms === null ? "" : `p99 ${milliseconds(latencyP99Ms)}`);
  put("lag", count(lag));
  put("lag-aside", lag === null ? "" : lag > 0 && imagesPerSecond > 0
    ? `${length(1000 * lag / imagesPerSecond)} to catch up` : "images");
  letters(deadLetters ?? {});
}

/** @param kind ready, not-ready or cut */
export function state(kind, text) {
  byId("state").dataset.state = kind;
  say(byId("state").querySelector("span"), text);
}

function letters(byReason) {
  const reasons = reasonsOf(byReason);
  put("dead-letters", count(reasons.reduce((sum, [, number]) => sum + number, 0)));
  put("dead-letters-aside", reasons.length === 0 ? "" : `mostly ${words(reasons[0][0])}`);
}

/** As a sentence, the most frequent first; empty without any. */
export function lettersByReason(byReason) {
  const reasons = reasonsOf(byReason);
  return reasons.length === 0 ? "" : `Dead letters: ${
    reasons.map(([reason, number]) => `${count(number)} ${words(reason)}`).join(", ")}.`;
}

const reasonsOf = byReason =>
  Object.entries(byReason).filter(([, number]) => number > 0).sort(([, a], [, b]) => b - a);

const words = reason => reason.toLowerCase().replaceAll("_", " ");
