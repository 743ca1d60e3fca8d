/** Access tokens and DPoP nonces that were given, while they are valid. */

import { randomText } from "../../../world/random-text.ts";
import type { World } from "../../../world/world.ts";
import type { OktaSwitches } from "../switches.ts";
import type { Principal } from "./credentials.ts";

interface Session {
  readonly principal: Principal;
  readonly endsMs: number;
}

/** Longer than any client needs; Okta's is valid for a day. */
const nonceMs = 24 * 3_600_000;

export class Sessions {
  readonly #world: Pick<World, "clock" | "random">;
  readonly #switches: OktaSwitches;
  readonly #tokens = new Map<string, Session>();
  readonly #usedIds = new Set<string>();
  #nonce: { readonly text: string; readonly endsMs: number } | undefined;

  constructor(world: Pick<World, "clock" | "random">, switches: OktaSwitches) {
    this.#world = world;
    this.#switches = switches;
  }

  /** A new access token, valid for as long as the switch says. */
  begin(principal: Principal): string {
    const nowMs = this.nowMs();
    for (const [token, { endsMs }] of this.#tokens) if (endsMs <= nowMs) this.#tokens.delete(token);
    const token = `eyJ${randomText(this.#world.random, 61)}`;
    this.#tokens.set(token, { principal, endsMs: nowMs + this.#switches.tokenSeconds * 1000 });
    return token;
  }

  /** Undefined for a token that is not known or not valid any more. */
  principalOf(token: string): Principal | undefined {
    const session = this.#tokens.get(token);
    return session !== undefined && this.nowMs() < session.endsMs ? session.principal : undefined;
  }

  /** The nonce that a DPoP proof to the token endpoint must have. */
  nonce(): string {
    const nowMs = this.nowMs();
    if (this.#nonce === undefined || this.#nonce.endsMs <= nowMs) {
      this.#nonce = { text: randomText(this.#world.random, 32), endsMs: nowMs + nonceMs };
    }
    return this.#nonce.text;
  }

  /** Whether the id of a JWT is used for the first time. */
  isFirstUse(id: string): boolean {
    if (this.#usedIds.has(id)) return false;
    this.#usedIds.add(id);
    if (this.#usedIds.size > 10_000) for (const oldest of this.#usedIds) return this.#usedIds.delete(oldest);
    return true;
  }

  nowMs(): number {
    return this.#world.clock.now().getTime();
  }
}
