/** One image of the reader's own, judged on the spot. */

import {score as judge, TokenWanted} from "./api.js";
import {byId, element} from "./elements.js";
import {percent, pValue, score} from "./format.js";

const answer = byId("answer"), field = byId("file");
const VERDICTS = {
  IN_DISTRIBUTION: "In distribution", OUT_OF_DISTRIBUTION: "Out of distribution", UNCALIBRATED: "Not calibrated",
};

field.addEventListener("change", async () => {
  const file = field.files[0];
  if (!file) return;
  answer.replaceChildren(element("p", {class: "said"}, "Scoring…"));
  try {
    const [{status, body}, preview] = await Promise.all([judge(file), read(file)]);
    answer.replaceChildren(element("img", {src: preview, alt: ""}),
      status === 200 ? verdict(body) : refusal(status, body));
  } catch (failure) {
    answer.replaceChildren(element("p", {}, failure instanceof TokenWanted
      ? "The monitor wants a token." : "The monitor did not answer."));
  }
  // So that the same file can be tried again.
  field.value = "";
});

function verdict(body) {
  return element("div", {},
    element("p", {class: `verdict ${body.verdict === "OUT_OF_DISTRIBUTION" ? "raised" : ""}`},
      VERDICTS[body.verdict] ?? body.verdict),
    element("p", {}, `${body.predictedLabel ?? "no class"} ${percent(body.confidence)}; score ${score(body.score)}, `
      + `threshold ${score(body.threshold)}, p ${pValue(body.pValue)}`));
}

/** What a proxy answers says nothing of its own. */
function refusal(status, body) {
  return element("p", {}, body.why ?? `The monitor answered ${status}.`);
}

/** As a data: URL; the page's policy allows no other. */
function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
