/** Words for numbers and times: the same digits everywhere, times in the viewer's zone. */

export const NONE = "–";
const MINUS = "\u2212";
const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const minutes = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit"});
const day = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short"});

const given = format => value => value === null || value === undefined ? NONE : format(value);
const signed = text => text.replaceAll("-", MINUS);

/** Two significant digits, and no more than a hundredth of a percent can say. */
export const percent = given(share => {
  const value = 100 * share;
  const digits = value === 0 || value >= 99.95 ? 0 : value >= 9.95 ? 1 : value >= 0.095 ? 2 : 3;
  return String(Number(value.toFixed(digits))) + "%";
});

export const count = given(value => Math.round(value).toLocaleString("en-US"));

/** Few digits where many would only flicker. */
export const amount = given(value => signed(value.toLocaleString("en-US",
  {maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2})));

export const milliseconds = given(value =>
  value >= SECOND ? amount(value / SECOND) + " s" : amount(value) + " ms");

export const score = given(value => {
  const size = Math.abs(value);
  return signed(size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2)
    : value.toFixed(size < 1 ? 4 : size < 100 ? 2 : 0));
});

export const pValue = given(value => value < 1e-4 ? value.toExponential(0).replace("-", MINUS)
  : String(Number(value.toPrecision(2))));

/** 14:03:10, or 29 Nov 14:03 when that was not today. */
export const time = given(ms => isToday(ms) ? clock.format(ms) : day.format(ms) + " " + minutes.format(ms));

export const fullTime = given(ms => `${day.format(ms)} ${clock.format(ms)}`);

/** 14:03:10–14:05:20; without an end it lasts. */
export const span = (from, to) => to === null ? `since ${time(from)}`
  : isToday(from) === isToday(to) ? `${time(from)}–${isToday(to) ? clock.format(to) : minutes.format(to)}`
  : `${time(from)}–${time(to)}`;

export const length = ms => ms >= 2 * DAY ? amount(ms / DAY) + " days" : ms >= HOUR ? amount(ms / HOUR) + " h"
  : ms >= MINUTE ? amount(ms / MINUTE) + " min" : amount(ms / SECOND) + " s";

/** A time axis' words: as fine as its steps, the date where a day begins. */
export const timeTick = (ms, step) => {
  const at = new Date(ms);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0;
  return step >= DAY || midnight ? day.format(ms) : step >= MINUTE ? minutes.format(ms) : clock.format(ms);
};

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "the zone of this computer";

export const plural = (number, one, many = one + "s") => `${count(number)} ${number === 1 ? one : many}`;

function isToday(ms) {
  return new Date(ms).toDateString() === new Date().toDateString();
}
