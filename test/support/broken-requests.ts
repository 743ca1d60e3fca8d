/** Requests that are well-formed HTTP and wrong in everything else. */

import { broken, withDuplicates, withHostileNames, withOddValue } from "./broken-json.ts";
import { brokenQuery, oddHeaders, otherMethod, otherPath, type BrokenRequest } from "./broken-targets.ts";
import type { Random } from "./random.ts";
import { json, rightRequests, type Prey } from "./right-requests.ts";

/** The token is the right one, unless the request has another. */
export function brokenRequest(random: Random, prey: Prey): BrokenRequest {
  const request = random.weighted(kinds).make(random, prey);
  return { ...request, headers: { authorization: `Bearer ${prey.token}`, ...request.headers } };
}

interface Kind {
  readonly weight: number;
  readonly make: (random: Random, prey: Prey) => BrokenRequest;
}

const kinds: readonly Kind[] = [
  { weight: 2000, make: (random, prey) => write(random, prey, (text) => broken(random, text)) },
  { weight: 2000, make: (random, prey) => write(random, prey, (text) => odd(random, text, withOddValue)) },
  {
    weight: 1200,
    make: (random, prey) => write(random, prey, (text) => odd(random, text, withHostileNames)),
  },
  { weight: 800, make: (random, prey) => write(random, prey, (text) => withDuplicates(random, text)) },
  { weight: 1600, make: brokenQuery },
  { weight: 800, make: otherMethod },
  { weight: 640, make: otherPath },
  { weight: 800, make: oddHeaders },
  { weight: 160, make: impossibleFaults },
  { weight: 1, make: (random, prey) => write(random, prey, () => hugeText(random)) },
];

function write(random: Random, prey: Prey, breakText: (text: string) => Buffer | string): BrokenRequest {
  const userName = random.oneIn(40) ? `stray.${random.below(1_000_000)}@example.com` : prey.takenNames[0];
  const { method, path, body } = random.pick(rightRequests(prey, userName));
  const flag = random.oneIn(8) ? "?aadOptscim062020" : "";
  const text = breakText(JSON.stringify(body));
  return { method, path: prey.base + path + flag, headers: json, body: Buffer.from(text) };
}

function odd(random: Random, text: string, change: (random: Random, body: unknown) => unknown): string {
  const once = change(random, JSON.parse(text));
  return JSON.stringify(random.oneIn(3) ? change(random, once) : once);
}

/** Just below the limit of a body. */
function hugeText({ pick }: Random): string {
  const length = 15_000_000;
  return pick<() => string>([
    () => `{"userName":"${"x".repeat(length)}"}`,
    () => `{"displayName":"huge","members":[${'{"value":"c0"},'.repeat(length / 16)}{}]}`,
    () => `{"Operations":[${"0,".repeat(length / 2)}0]}`,
    () => `{"filter":"${"(".repeat(length)}"}`,
    () => "[".repeat(length),
    () => " ".repeat(length),
    () => `{${Array.from({ length: 500_000 }, (_, at) => `"name${at}":{}`).join(",")}}`,
  ])();
}

/** Whatever is broken in this body, it never becomes a fault. */
function impossibleFaults(random: Random): BrokenRequest {
  const faults = ["status=9999", "latency=never", { cut: "x" }, { path: ["/Users"] }, "rate=", "=", 'path="'];
  const text = JSON.stringify({ faults: random.some(faults), seed: random.pick([-1, "x", 0.5]) });
  const body = random.oneIn(2) ? odd(random, text, withHostileNames) : broken(random, text);
  return { method: "PUT", path: "/_control/faults", headers: json, body: Buffer.from(body) };
}
