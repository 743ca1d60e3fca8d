/** What several checks judge, read once: the first pages of both lists, the organization, the token as Astro knows it. */

import { z } from "zod";
import { iamHeader, iamVersion } from "../astro/address.ts";
import { organizationPath } from "../astro/iam/requests.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../wire/exchange.ts";
import { once } from "./once.ts";

export interface Readings {
  /** Okta's test of its credentials: `GET /Users?startIndex=1&count=2` (Okta, SCIM reference). */
  readonly users: () => Promise<TimedAnswer>;
  readonly groups: () => Promise<TimedAnswer>;
  /** Undefined where the server has no IAM API. */
  readonly organization: () => Promise<Read<OrganizationFacts> | undefined>;
  readonly apiToken: () => Promise<Read<ApiTokenFacts> | undefined>;
}

export interface TimedAnswer {
  readonly answer: WireAnswer;
  /** When it had arrived, by this machine's clock. */
  readonly at: Date;
}

export type Read<Facts> =
  | { readonly kind: "read"; readonly facts: Facts }
  /** 0 where nothing came back. */
  | { readonly kind: "refused"; readonly status: number };

const organizationSchema = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  isScimEnabled: z.boolean(),
});

/** Astro API reference: ApiToken. Only what is judged is looked at. */
const apiTokenSchema = z.object({
  name: z.string().optional().catch(undefined),
  endAt: z.string().nullish().catch(undefined),
  roles: z
    .array(z.object({ entityType: z.string(), role: z.string() }))
    .nullish()
    .catch(undefined),
});

export type OrganizationFacts = z.infer<typeof organizationSchema>;
export type ApiTokenFacts = z.infer<typeof apiTokenSchema>;

export interface IamConnection {
  readonly send: Send;
  readonly organizationId: string;
}

export interface ReadingsOptions {
  readonly send: Send;
  readonly now: () => Date;
  /** Where Astro's IAM API is beside SCIM; asked with whether an answer over SCIM says that there is one. */
  readonly iam: (saidIam: boolean) => IamConnection | undefined;
  readonly apiTokenId: string | undefined;
}

export function createReadings({ send, now, iam, apiTokenId }: ReadingsOptions): Readings {
  const page = (path: string): (() => Promise<TimedAnswer>) =>
    once(async () => ({ answer: await send(get(path)), at: now() }));
  const users = page("/Users?startIndex=1&count=2");
  const beside = once(async () => {
    const { answer } = await users();
    return iam(answer.kind === "response" && answer.headers[iamHeader] === iamVersion);
  });
  return {
    users,
    groups: page("/Groups?startIndex=1&count=2"),
    organization: once(async () => {
      const found = await beside();
      if (found === undefined) return undefined;
      return readFrom(organizationSchema, await found.send(getJson(organizationPath(found.organizationId))));
    }),
    apiToken: once(async () => {
      const found = await beside();
      if (found === undefined || apiTokenId === undefined) return undefined;
      const path = organizationPath(found.organizationId, `/tokens/${encodeURIComponent(apiTokenId)}`);
      return readFrom(apiTokenSchema, await found.send(getJson(path)));
    }),
  };
}

/** RFC 7644 §3.1: servers know the first, some only the second. */
export function get(path: string): WireRequest {
  return { method: "GET", path, headers: { accept: "application/scim+json, application/json" } };
}

function getJson(path: string): WireRequest {
  return { method: "GET", path, headers: { accept: "application/json" } };
}

function readFrom<Facts>(schema: z.ZodType<Facts>, answer: WireAnswer): Read<Facts> {
  if (answer.kind === "no-response") return { kind: "refused", status: 0 };
  const read = isSuccess(answer) ? schema.safeParse(answer.json) : undefined;
  return read?.success === true
    ? { kind: "read", facts: read.data }
    : { kind: "refused", status: answer.status };
}
