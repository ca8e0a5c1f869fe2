/** The page as a whole: what is looked at, when it is asked for anew, and who shows it. */

import {get, Refused, TokenWanted, Unreachable} from "./api.js";
import "./attempt.js";
import {byId, say} from "./elements.js";
import * as figures from "./figures.js";
import {span, zone} from "./format.js";
import {episode, Images} from "./images.js";
import {listen} from "./live.js";
import {paced} from "./pace.js";
import {Performance} from "./performance.js";
import {Range} from "./range.js";
import {keyOf, Rates, words} from "./rates.js";
import {Scores} from "./scores.js";
import {Sources} from "./sources.js";
import {Thresholds} from "./thresholds.js";

const TOKEN = "This monitor wants a token: load the page again, and give it as the password of any user.";
const LEAST_POINTS = 100, PERFORMANCE_POINTS = 300, PAGE_OF_IMAGES = 24, STRIP = 12;
const SECOND = 1000, TICK = 5 * SECOND, FIGURE_SPAN = 60 * SECOND;

let source = null, alert = null, live = false;
let model = {rateWindowMs: 10 * SECOND}, ahead = 0;
/** What says whether anything was ever sent. */
const seen = {sources: 0, images: 0, speed: 0};

const now = () => Date.now() + ahead;
const range = new Range(() => {
  remember();
  [rateNow, performanceNow].forEach(each => each.now());
});
const rates = new Rates({
  picked: pickAlert,
  zoomed: piece => piece === null ? range.reset() : range.set(piece),
});
const sources = new Sources({picked: pickSource, sought: () => sourcesNow.now()});
const scores = new Scores(), thresholds = new Thresholds(), performance = new Performance();
const images = new Images({
  older: guarded(async before => {
    const asked = source;
    const more = await get("images", {source, before, limit: PAGE_OF_IMAGES});
    if (asked === source) images.append(more);
  }),
  latest: () => imagesNow.call(),
});

const modelNow = asking(async () => {
  model = await get("model");
  ahead = model.now - Date.now();
  figures.model(model);
  range.limit(model.historyMs);
}, SECOND);

const figureNow = asking(async () => {
  const asked = source;
  const back = Math.max(FIGURE_SPAN, 3 * model.rateWindowMs);
  const latest = await get("rates", {source, from: now() - back});
  if (asked === source) figures.rate(latest, back);
}, SECOND);

const rateNow = asking(async () => {
  const asked = source, choice = range.choice, bounds = range.bounds(now());
  const [answer, {alerts}] = await Promise.all([
    get("rates", {source, ...bounds, points: ratePoints()}), get("alerts", {source, ...bounds, limit: 200})]);
  if (asked === source && choice === range.choice) {
    // The alert that is looked at may have ended meanwhile.
    const before = alert;
    alert = alerts.find(each => alert !== null && keyOf(each) === keyOf(alert)) ?? alert;
    if (alert?.to !== before?.to) episodeNow.call();
    rates.show(answer, alerts, alert, bounds, now());
  }
}, SECOND);

const sourcesNow = asking(async () => {
  const answer = await get("sources", {search: sources.search || null, limit: 100});
  seen.sources = Math.max(seen.sources, answer.total);
  sources.show(answer, source);
  emptiness();
}, 2 * SECOND);

const scoresNow = asking(async () => scores.show(await get("scores", {source})), 2 * SECOND);

const thresholdsNow = asking(async () => thresholds.show((await get("thresholds")).thresholds, now()), SECOND);

const performanceNow = asking(async () => {
  const bounds = range.bounds(now());
  performance.show(await get("performance", {...bounds, points: PERFORMANCE_POINTS}), bounds, now());
}, 2 * SECOND);

const imagesNow = asking(async () => {
  const asked = source;
  await images.load(get("images", {source, limit: PAGE_OF_IMAGES}), () => asked === source);
  seen.images = Math.max(seen.images, images.shown.length);
  emptiness();
}, SECOND);

const episodeNow = asking(async () => {
  if (alert === null) return;
  const asked = alert;
  const found = await get("images",
    {source: asked.source, from: asked.from, to: asked.to ?? Math.round(now()), limit: STRIP});
  if (alert !== null && keyOf(asked) === keyOf(alert)) {
    episode(`Images of ${asked.source}, ${span(asked.from, asked.to)}`, found.images);
  }
}, SECOND);

const everything = [modelNow, figureNow, rateNow, sourcesNow, scoresNow, thresholdsNow, performanceNow, imagesNow,
  episodeNow];

function asking(work, least) {
  return paced(guarded(work), least);
}

/** The work, which ends quietly if the monitor does not want to or is not there: then it is asked again. */
function guarded(work) {
  return async (...given) => {
    try {
      await work(...given);
      notice("");
    } catch (failure) {
      if (failure instanceof TokenWanted) notice(TOKEN);
      else if (failure instanceof Refused) notice(failure.message);
      else if (!(failure instanceof Unreachable)) throw failure;
    }
  };
}

function notice(text) {
  byId("notice").hidden = text === "";
  say(byId("notice"), text);
}

/** More than one for two pixels would be a blot. */
function ratePoints() {
  return Math.max(LEAST_POINTS, Math.round(byId("rate-plot").clientWidth / 2));
}

function pickSource(picked) {
  source = picked;
  pickAlert(null);
  remember();
  sources.mark(source);
  [figureNow, rateNow, scoresNow, imagesNow].forEach(each => each.now());
}

function pickAlert(picked) {
  alert = picked;
  rates.mark(alert);
  if (alert === null) episode(null);
  else episodeNow.now();
}

function emptiness() {
  const empty = Math.max(...Object.values(seen)) === 0;
  byId("empty").hidden = !empty;
  document.querySelector("main").classList.toggle("nothing", empty);
}

/** What is looked at stands in the address, so that it can be sent to somebody and survives a reload. */
function remember() {
  const words = new URLSearchParams();
  if (source !== null) words.set("source", source);
  const {choice} = range;
  words.set("range", range.isPiece() ? `${choice.from}-${choice.to}` : choice);
  history.replaceState(null, "", "#" + words);
}

function recall() {
  const words = new URLSearchParams(location.hash.slice(1));
  source = words.get("source");
  const [, from, to] = words.get("range")?.match(/^(\d+)-(\d+)$/) ?? [];
  const last = words.get("range")?.match(/^\d+$|^all$/)?.[0];
  if (from) range.set({from: Number(from), to: Number(to)});
  else if (last) range.set(last === "all" ? "all" : Number(last));
  sources.mark(source);
}

byId("episode").querySelector("button").addEventListener("click", () => pickAlert(null));
recall();
say(byId("zone"), zone());

listen({
  hello() {
    live = true;
    figures.state("ready", "Live");
    everything.forEach(each => each.now());
  },
  status(told) {
    ahead = told.now - Date.now();
    if (told.imagesPerSecond > 0 && seen.speed === 0) {
      seen.speed = told.imagesPerSecond;
      emptiness();
    }
    figures.status(told);
    if (told.imagesLeftOut > 0) images.missed();
  },
  rate() {
    [figureNow, rateNow, sourcesNow].forEach(each => each.call());
  },
  alert(told) {
    say(byId("news"), told.to === null ? `Alert: ${words(told)}` : `The alert of ${told.source} is over.`);
    if (source === null || told.source === source) rates.add(told);
    [rateNow, sourcesNow].forEach(each => each.call());
  },
  image(told) {
    seen.images++;
    if (source === null || told.source === source) images.add(told);
    if (alert !== null && alert.to === null) episodeNow.call();
  },
  threshold() {
    [thresholdsNow, scoresNow].forEach(each => each.call());
  },
}, () => {
  live = false;
  figures.state("cut", "Reconnecting");
  // Says whether a token is wanted; and figures come even if the monitor has no stream left for this page.
  modelNow.now();
});

function tick() {
  if (live && !document.hidden) {
    [figureNow, rateNow, scoresNow, performanceNow].forEach(each => each.call());
  }
}

setInterval(tick, TICK);
document.addEventListener("visibilitychange", tick);
