/** The tokens that are good at the moment, and what each may do. */

import type { World } from "../../../world/world.ts";
import type { GivenToken } from "../options.ts";
import { allPermissions } from "./permissions.ts";

/** What a token says of its bearer. */
export interface Grant {
  /** Undefined for a token that was given at the start. */
  readonly clientId: string | undefined;
  readonly permissions: ReadonlySet<string>;
}

export type TokenCheck =
  | { readonly kind: "good"; readonly grant: Grant }
  | { readonly kind: "unknown" | "expired" };

export interface IssuedToken {
  readonly token: string;
  readonly expiresIn: number;
}

export class AccessTokens {
  readonly #world: Pick<World, "clock" | "random">;
  readonly #lifetimeSeconds: number;
  readonly #tenantId: string;
  readonly #tokens = new Map<string, { readonly grant: Grant; readonly expires: number }>();

  constructor(
    world: Pick<World, "clock" | "random">,
    {
      tenantId,
      lifetimeSeconds,
      given,
    }: { readonly tenantId: string; readonly lifetimeSeconds: number; readonly given: readonly GivenToken[] },
  ) {
    this.#world = world;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#tenantId = tenantId;
    for (const { token, permissions } of given) {
      const grant = { clientId: undefined, permissions: allPermissions(permissions) };
      this.#tokens.set(token, { grant, expires: Infinity });
    }
  }

  issue(clientId: string, permissions: readonly string[]): IssuedToken {
    const now = this.#world.clock.now().getTime();
    // An hour after its end a token is forgotten, and no longer called expired.
    for (const [token, { expires }] of this.#tokens)
      if (expires + 3_600_000 < now) this.#tokens.delete(token);
    const token = this.#jwt(clientId, permissions, Math.floor(now / 1000));
    this.#tokens.set(token, {
      grant: { clientId, permissions: allPermissions(permissions) },
      expires: now + this.#lifetimeSeconds * 1000,
    });
    return { token, expiresIn: this.#lifetimeSeconds };
  }

  check(token: string): TokenCheck {
    const found = this.#tokens.get(token);
    if (found === undefined) return { kind: "unknown" };
    if (found.expires <= this.#world.clock.now().getTime()) return { kind: "expired" };
    return { kind: "good", grant: found.grant };
  }

  /** In the form of a real one, which some clients look into; the signature is random, since only this emulator reads it. */
  #jwt(clientId: string, roles: readonly string[], now: number): string {
    const claims = {
      aud: "https://graph.microsoft.com",
      iss: `https://sts.windows.net/${this.#tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + this.#lifetimeSeconds,
      appid: clientId,
      idtyp: "app",
      roles,
      tid: this.#tenantId,
      ver: "1.0",
    };
    const signature = Buffer.from(this.#world.random.bytes(32)).toString("base64url");
    return `${base64({ typ: "JWT", alg: "RS256" })}.${base64(claims)}.${signature}`;
  }
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
