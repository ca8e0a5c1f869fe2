/** The monitor's events, for as long as the page is open. */

const FIRST_PAUSE = 500, LONGEST_PAUSE = 5000;
/** A status comes every second: without a word for so long the line is dead, even if nobody said so. */
const SILENCE = 20_000;

/**
 * @param heard  functions by name of event
 * @param cut    told when the line is cut; hello says that it is back
 */
export function listen(heard, cut) {
  let source, pause = FIRST_PAUSE, watch;

  function open() {
    source = new EventSource("api/events");
    for (const [name, take] of Object.entries(heard)) {
      source.addEventListener(name, event => {
        alive();
        if (name === "hello") pause = FIRST_PAUSE;
        take(JSON.parse(event.data));
      });
    }
    source.onerror = again;
    alive();
  }

  function alive() {
    clearTimeout(watch);
    watch = setTimeout(again, SILENCE);
  }

  // Not left to the browser: it gives up for good on an answer like 503.
  function again() {
    source.close();
    clearTimeout(watch);
    cut();
    setTimeout(open, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  open();
}
