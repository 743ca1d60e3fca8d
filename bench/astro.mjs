// A local Astro in a process of its own, so that client and server do not share an event loop.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("astro-process.mjs", import.meta.url));

/**
 * @param {{ seed: object, organizationId?: string }} options
 * @returns {Promise<{ url: string, token: string, served: () => Promise<{ count: number, ms: number }>, stop: () => Promise<void> }>}
 * `served` tells how many requests were answered, and the time from the first answer to the last.
 */
export async function startAstro(options) {
  const child = fork(script, { stdio: "inherit" });
  const exited = once(child, "exit");
  const ask = async (message) => {
    child.send(message);
    const [answer] = await Promise.race([once(child, "message"), exited]);
    if (typeof answer !== "object") throw new Error(`the local Astro ended with ${answer}`);
    return answer;
  };
  const { url, token } = await ask(options);
  const stop = async () => {
    child.disconnect();
    await exited;
  };
  return { url, token, served: () => ask("served"), stop };
}

/** A seed of so many users, all with the same kind of data. */
export function usersOf(count) {
  return Array.from({ length: count }, (_, at) => ({
    userName: userNameOf(at),
    email: userNameOf(at),
    displayName: `Person ${at}`,
    givenName: "Person",
    familyName: String(at),
    active: true,
    role: at === 0 ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER",
  }));
}

export function userNameOf(at) {
  return `person.${at}@example.com`;
}
