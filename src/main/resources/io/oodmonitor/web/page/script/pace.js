/**
 * Something done over and over when it is called for: never twice at a time, and never for more than a tenth of the
 * time, so that a long history is asked for less often than a short one.
 *
 * @param work   answers a promise
 * @param least  milliseconds from one start to the next
 */
export function paced(work, least) {
  let running = false, wanted = false, urgent = false, timer;

  async function run() {
    clearTimeout(timer);
    running = true;
    wanted = urgent = false;
    const start = performance.now();
    try {
      await work();
    } finally {
      running = false;
      const took = performance.now() - start;
      timer = setTimeout(rested, urgent ? 0 : Math.max(least - took, 9 * took));
    }
  }

  function rested() {
    timer = undefined;
    if (wanted) run();
  }

  return {
    /** Soon; calls before that are one. */
    call() {
      if (running || timer !== undefined) wanted = true;
      else run();
    },
    /** At once: somebody waits for it. */
    now() {
      if (running) wanted = urgent = true;
      else run();
    },
  };
}
