/** What a row of the behaviour table is tested with. */

import type { ChoiceRow } from "../../src/astro/behaviour/row.ts";
import type { AstroSeed } from "../../src/astro/seed.ts";
import type { AstroServer, StartServerOptions } from "../../src/server/start.ts";
import type { Answer, ScimClient } from "./scim-client.ts";

export interface BehaviourCase<Value extends string | number> {
  /** What Astro holds beforehand. */
  readonly seed?: AstroSeed;
  /** What else the server is started with. */
  readonly options?: Pick<StartServerOptions, "organizationId" | "token" | "world">;
  /** What another organization of the same server and token holds. */
  readonly otherSeed?: AstroSeed;
  /** Real requests, and what of their answers tells how the server behaves. */
  readonly ask: (client: ScimClient, server: AstroServer) => Promise<unknown>;
  /** What is told under each value: never the same. */
  readonly answers: Readonly<Record<Value, unknown>>;
}

/** A case for every row. */
export type BehaviourCases<Rows> = {
  readonly [Name in keyof Rows]: BehaviourCase<Rows[Name] extends ChoiceRow<infer Value> ? Value : number>;
};

export const core = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const group = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** A user by the letter of the RFC, so that nothing but the row decides. */
export function userBody(attributes: object = {}): object {
  return { schemas: [core], userName: "ada@example.com", ...attributes };
}

export function groupBody(...memberIds: readonly string[]): object {
  return { schemas: [group], displayName: "data-platform", members: memberIds.map((value) => ({ value })) };
}

/** Makes a resource that no row is about. */
export async function made(answering: Promise<Answer>): Promise<string> {
  const answer = await answering;
  if (answer.status !== 201) throw new Error(`expected 201, got ${answer.status}: ${answer.text}`);
  return answer.body.id as string;
}

/** The status where it was refused, with the RFC's word for why. */
export async function verdict(answering: Promise<Answer>): Promise<string> {
  const { status, body } = await answering;
  return [status, body?.scimType].filter((part) => part !== undefined).join(" ");
}
