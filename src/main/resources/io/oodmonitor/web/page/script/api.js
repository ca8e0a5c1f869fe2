/** What the monitor says over HTTP. Addresses are relative: a proxy may put the page under a path. */

/** The monitor wants to know who asks. */
export class TokenWanted extends Error {}

/** There is no monitor, or none that is reached from here. */
export class Unreachable extends Error {}

/** The monitor says why not, in one sentence. */
export class Refused extends Error {}

/** Parameters that are null are left out. */
export async function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null));
  const response = await ask(`api/${path}?${query}`);
  const body = await read(response);
  if (!response.ok) throw new Refused(body.why ?? `The monitor answered ${response.status}.`);
  return body;
}

/** The verdict on one file, or why there is none: {status, body}. */
export async function score(file) {
  const response = await ask("score", {method: "POST", body: file});
  return {status: response.status, body: await read(response)};
}

export const thumbnail = image => `api/images/${encodeURIComponent(image.key)}/thumbnail`;

async function ask(address, request) {
  let response;
  try {
    response = await fetch(address, request);
  } catch {
    throw new Unreachable("The monitor does not answer.");
  }
  if (response.status === 401) throw new TokenWanted();
  return response;
}

/** What a proxy answers need not be JSON. */
const read = response => response.json().catch(() => ({}));
