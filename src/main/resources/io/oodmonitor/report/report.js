"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const byId = id => document.getElementById(id);
  const COLOURS = 7;
  const DASHES = [[], [9, 4], [2, 3], [9, 3, 2, 3]];
  const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

  let method = Math.max(0, data.methods.findIndex(m => m.name === data.shown));
  let set = 0;

  // Words and numbers, the same in every locale.

  const percent = share => {
    const value = 100 * share;
    const whole = Number.isInteger(value) || value >= 9.95 && value < 90;
    return value.toFixed(whole ? 0 : 1) + "%";
  };
  const dash = (i, chosen) => i === chosen ? [] : DASHES[i % DASHES.length];
  const count = value => value.toLocaleString("en-US");
  const score = value => {
    const size = Math.abs(value);
    const text = size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2)
      : value.toFixed(size < 1 ? 4 : size < 100 ? 2 : 0);
    return text.replaceAll("-", "\u2212");
  };
  const colour = name => getComputedStyle(root).getPropertyValue("--" + name).trim();

  /** An element with text, which is never read as HTML. */
  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes ?? {})) made.setAttribute(name, value);
    return made;
  }

  function table(caption, titles, rows) {
    const made = element("table");
    made.append(element("caption", caption));
    const head = element("tr");
    titles.forEach(title => head.append(element("th", title, {scope: "col"})));
    made.createTHead().append(head);
    const body = made.createTBody();
    for (const [first, ...cells] of rows) {
      const row = body.insertRow();
      row.append(element("th", first, {scope: "row"}));
      cells.forEach(cell => row.append(element("td", cell)));
    }
    return made;
  }

  // Charts: one uPlot per place, made anew when what it shows changes.

  const charts = new Map();
  const resized = new ResizeObserver(entries => entries.forEach(({target}) => {
    const chart = charts.get(target);
    if (chart && target.clientWidth > 0) chart.setSize({width: target.clientWidth, height: target.clientHeight});
  }));

  function axis(label, side) {
    return {
      label, labelFont: FONT, font: FONT, labelGap: 4, labelSize: 22, side,
      stroke: colour("soft"), grid: {stroke: colour("grid"), width: 1}, ticks: {show: false},
      size: side === 2 ? 28 : 40, gap: 6,
      values: (u, ticks) => ticks.map(tick =>
        tick.toLocaleString("en-US", {maximumFractionDigits: 6, useGrouping: false}).replace("-", "\u2212")),
    };
  }

  function draw(place, options, columns) {
    const plot = place.querySelector(".plot");
    charts.get(plot)?.destroy();
    const chart = new uPlot({
      width: Math.max(plot.clientWidth, 200), height: plot.clientHeight,
      legend: {show: false}, padding: [26, 14, 0, 0],
      ...options,
      cursor: {drag: {x: false, y: false}, ...options.cursor},
    }, columns, plot);
    charts.set(plot, chart);
    resized.observe(plot);
  }

  /** The arrow keys move the cursor as the mouse does, but always along the last curve, the picked one. */
  let byKey = false;

  function keyed(plot) {
    plot.addEventListener("keydown", event => {
      const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      const chart = charts.get(plot);
      if (event.key === "Escape") {
        chart.setCursor({left: -10, top: -10});
      } else if (step) {
        event.preventDefault();
        const xs = chart.data[0];
        const at = (chart.cursor.idx ?? (step > 0 ? -1 : xs.length)) + step * (event.shiftKey ? 10 : 1);
        const next = Math.min(xs.length - 1, Math.max(0, at));
        const last = chart.data[chart.data.length - 1];
        byKey = true;
        chart.setCursor({left: chart.valToPos(xs[next], "x"), top: chart.valToPos(last[next], "y")});
        byKey = false;
      }
    });
  }

  /** Draws over a chart, clipped to nothing, in CSS pixels of its plotting area. */
  function over(u, painter) {
    const {ctx, bbox} = u;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.scale(ratio, ratio);
    ctx.translate(bbox.left / ratio, bbox.top / ratio);
    ctx.font = FONT;
    painter(ctx, bbox.width / ratio, bbox.height / ratio);
    ctx.restore();
  }

  function line(ctx, from, to, stroke, dash) {
    ctx.beginPath();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 1.5;
    ctx.setLineDash(dash);
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  // The histogram of one method on one set.

  function drawHistogram() {
    const place = byId("histogram");
    const {name, threshold, fitted, from, width, id, sets, kept} = data.methods[method];
    const {counts, passing} = sets[set];
    const {name: setName, images} = data.sets[set];
    const edges = Array.from({length: id.length + 1}, (_, i) => from + i * width);
    const shares = (bins, of) => [...bins, bins[bins.length - 1]].map(bin => 100 * bin / of);
    const stepped = uPlot.paths.stepped({align: 1});
    const series = key => ({
      stroke: colour(key), fill: colour(key) + "40", width: 2, paths: stepped, points: {show: false},
    });
    const readout = place.querySelector(".readout");
    const resting = `Threshold ${score(threshold)}: ${percent(kept / data.idImages)} of ${data.idSet} kept, `
      + `${percent(passing / images)} of ${setName} passes.`;
    readout.textContent = resting;
    draw(place, {
      scales: {x: {time: false, range: [edges[0], edges[edges.length - 1]]}, y: {range: (u, low, high) => [0, high * 1.06]}},
      axes: [axis(`Score of ${name} (higher: more in-distribution)`, 2), axis("Share of the set, %", 3)],
      series: [{}, series("id"), series("ood")],
      cursor: {y: false, points: {show: false}},
      hooks: {
        draw: [u => over(u, (ctx, wide, high) => {
          const x = u.valToPos(threshold, "x");
          if (!(x >= 0 && x <= wide)) return;
          line(ctx, [x, -18], [x, high], colour("ink"), [5, 4]);
          ctx.fillStyle = colour("soft");
          ctx.textBaseline = "bottom";
          const [left, right] = ["← called OOD", "passes for ID →"];
          if (ctx.measureText(left).width < x) {
            ctx.textAlign = "right";
            ctx.fillText(left, x - 8, -5);
          }
          if (ctx.measureText(right).width < wide - x) {
            ctx.textAlign = "left";
            ctx.fillText(right, x + 8, -5);
          }
        })],
        setCursor: [u => {
          const at = u.cursor.left < 0 || u.cursor.idx === null ? null
            : Math.min(id.length - 1, Math.max(0, Math.floor((u.posToVal(u.cursor.left, "x") - from) / width + 1e-6)));
          readout.textContent = at === null ? resting : `${range(edges, at)}: ${percent(id[at] / data.idImages)} of `
            + `${data.idSet}, ${percent(counts[at] / images)} of ${setName}.`;
        }],
      },
    }, [edges, shares(id, data.idImages), shares(counts, images)]);

    const said = `${name} on ${data.idSet} and ${setName}. The less the two overlap, the better they are told apart. `
      + "The outermost bars hold everything beyond them.";
    place.querySelector(".said").textContent = said;
    place.querySelector(".plot").setAttribute("aria-label", `Histogram. ${said} ${resting}`);
    const key = place.querySelector(".key");
    const entry = (text, style) => {
      const item = element("li");
      const mark = element("i");
      if (style) {
        mark.style.borderColor = `var(--${style})`;
        mark.style.background = `color-mix(in srgb, var(--${style}) 25%, transparent)`;
      } else {
        mark.className = "line";
      }
      item.append(mark, element("span", text));
      return item;
    };
    key.replaceChildren(
      entry(`${data.idSet}, ${count(data.idImages)} images`, "id"),
      entry(`${setName}, ${count(images)} images`, "ood"),
      entry(fitted ? `threshold ${score(threshold)}, fitted with the bundle`
        : `threshold ${score(threshold)}, keeps 95% of ${data.idSet}`));
    place.querySelector("details div").replaceChildren(table(`${name}: images by score`,
      ["Scores", data.idSet, setName], id.map((bin, i) => [range(edges, i), count(bin), count(counts[i])])));
  }

  function range(edges, bin) {
    if (bin === 0) return `below ${score(edges[1])}`;
    if (bin === edges.length - 2) return `${score(edges[bin])} and above`;
    return `${score(edges[bin])} to ${score(edges[bin + 1])}`;
  }

  // ROC curves: of every method on a set, or of one method on every set.

  function drawRoc(place, curves, chosen, choose) {
    const rates = data.falsePositiveRates;
    const xs = [0, ...rates.map(rate => 100 * rate)];
    // What is drawn last lies on top.
    const order = [...curves.keys()].filter(i => i !== chosen).concat(chosen);
    const ink = i => colour("c" + i % COLOURS);
    const readout = place.querySelector(".readout");
    const picked = curves[chosen];
    const resting = `${picked.name} at its threshold: ${percent(picked.kept)} kept, ${percent(picked.passes)} passes.`;
    readout.textContent = resting;
    let focused = null;
    draw(place, {
      scales: {x: {time: false, range: [0, 100]}, y: {range: [0, 100]}},
      axes: [axis("Out-of-distribution images that pass, %", 2), axis("In-distribution images kept, %", 3)],
      series: [{}, ...order.map(i => ({
        stroke: ink(i), width: i === chosen ? 3 : 1.5, dash: dash(i, chosen),
        points: {show: false},
      }))],
      padding: [10, 36, 0, 0],
      focus: {alpha: 0.25},
      cursor: {focus: {prox: 24}, points: {size: 7}},
      hooks: {
        drawAxes: [u => over(u, (ctx, wide, high) => {
          line(ctx, [0, high], [wide, 0], colour("line"), []);
          line(ctx, [0, high * 0.05], [wide, high * 0.05], colour("soft"), [2, 4]);
          ctx.fillStyle = colour("soft");
          ctx.textAlign = "left";
          ctx.textBaseline = "middle";
          ctx.fillText("95%", wide + 6, high * 0.05);
          ctx.textBaseline = "top";
          ctx.translate(wide * 0.7, high * 0.3);
          ctx.rotate(-Math.atan2(high, wide));
          ctx.fillText("guessing", 0, 5);
        })],
        draw: [u => over(u, ctx => {
          ctx.beginPath();
          ctx.arc(u.valToPos(100 * picked.passes, "x"), u.valToPos(100 * picked.kept, "y"), 5, 0, 2 * Math.PI);
          ctx.fillStyle = colour("paper");
          ctx.strokeStyle = ink(chosen);
          ctx.lineWidth = 2.5;
          ctx.fill();
          ctx.stroke();
        })],
        setSeries: [(u, index) => { focused = index; }],
        setCursor: [u => {
          const at = u.cursor.idx;
          if (at === null || at === undefined || u.cursor.left < 0) {
            readout.textContent = resting;
          } else {
            const nearest = byKey || !focused ? order.length : focused;
            readout.textContent = `${curves[order[nearest - 1]].name}: where ${percent(xs[at] / 100)} passes, `
              + `${percent(u.data[nearest][at] / 100)} is kept.`;
          }
        }],
      },
    }, [xs, ...order.map(i => [0, ...curves[i].rates.map(rate => rate / 100)])]);

    place.querySelector(".plot").setAttribute("aria-label", "ROC curves. " + resting + " AUROC: "
      + curves.map(curve => `${curve.name} ${(100 * curve.auroc).toFixed(2)}`).join(", ") + ".");
    legend(place.querySelector(".legend"), curves, chosen, choose);
    const shown = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    place.querySelector("details div").replaceChildren(table("Percent kept, where so many pass",
      ["Pass", ...curves.map(curve => curve.name)],
      shown.map(rate => {
        const at = rates.findIndex(other => Math.abs(other - rate) < 1e-9);
        return [percent(rate), ...curves.map(curve => (curve.rates[at] / 100).toFixed(1))];
      })));
  }

  function legend(list, curves, chosen, choose) {
    const held = list.contains(document.activeElement);
    list.replaceChildren(...curves.map((curve, i) => {
      const item = element("li");
      const button = element("button", undefined, {type: "button", "aria-pressed": String(i === chosen)});
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 30 10");
      svg.setAttribute("aria-hidden", "true");
      const stroke = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [name, value] of Object.entries({x1: 0, x2: 30, y1: 5, y2: 5, "stroke-width": 2.5,
        "stroke-dasharray": dash(i, chosen).join(" ")})) stroke.setAttribute(name, value);
      stroke.style.stroke = `var(--c${i % COLOURS})`;
      svg.append(stroke);
      button.append(svg, element("span", curve.name), element("small", (100 * curve.auroc).toFixed(2)));
      button.addEventListener("click", () => choose(i));
      item.append(button);
      return item;
    }));
    if (held) list.querySelectorAll("button")[chosen].focus();
  }

  function curve(m, s, name) {
    const {kept, sets} = data.methods[m];
    const {truePositiveRates, auroc, passing} = sets[s];
    return {name, auroc, rates: truePositiveRates, kept: kept / data.idImages, passes: passing / data.sets[s].images};
  }

  function drawCurves() {
    const setName = data.sets[set].name;
    const methodName = data.methods[method].name;
    byId("methods").querySelector(".said").textContent =
      `All methods on ${setName}. The further up and to the left, the better. A curve crosses the dotted line at its FPR95; `
      + "the circle is the threshold, the number the AUROC.";
    byId("sets").querySelector(".said").textContent =
      `${methodName} on all sets. The lower a curve, the harder the set. A curve crosses the dotted line at its FPR95; `
      + "the circle is the threshold, the number the AUROC.";
    drawRoc(byId("methods"), data.methods.map((m, i) => curve(i, set, m.name)), method, pickMethod);
    drawRoc(byId("sets"), data.sets.map((s, i) => curve(method, i, s.name)), set, pickSet);
  }

  // What the reader picks.

  function redraw() {
    drawHistogram();
    drawCurves();
  }

  function pickMethod(index) {
    method = index;
    byId("method").value = String(index);
    redraw();
  }

  function pickSet(index) {
    set = index;
    byId("set").value = String(index);
    redraw();
  }

  function fill(select, names, picked, pick) {
    select.replaceChildren(...names.map((name, i) => element("option", name, {value: String(i)})));
    select.value = String(picked);
    select.addEventListener("change", () => pick(Number(select.value)));
  }

  // Colours: the system's, unless the reader chooses; paper is white.

  function theme(chosen) {
    if (chosen === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    byId("theme").querySelectorAll("button")
      .forEach(button => button.setAttribute("aria-pressed", String(button.dataset.theme === chosen)));
    redraw();
  }

  let before = null;
  window.addEventListener("beforeprint", () => {
    before = {theme: root.dataset.theme ?? "auto", opened: document.querySelector("#table details").open};
    document.querySelector("#table details").open = true;
    root.dataset.printing = "";
    theme("light");
  });
  window.addEventListener("afterprint", () => {
    document.querySelector("#table details").open = before.opened;
    delete root.dataset.printing;
    theme(before.theme);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  byId("theme").addEventListener("click", event => {
    if (event.target.dataset.theme) theme(event.target.dataset.theme);
  });
  for (const id of ["theme", "pick", "histogram", "methods", "sets"]) byId(id).hidden = false;
  fill(byId("method"), data.methods.map(m => m.name), method, pickMethod);
  fill(byId("set"), data.sets.map(s => s.name), set, pickSet);
  document.querySelectorAll(".plot").forEach(keyed);
  redraw();
})();
