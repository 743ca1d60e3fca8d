/** The token endpoint of Microsoft Entra ID: client credentials with a secret or a certificate (RFC 6749 §4.4, RFC 7523). */

import { createHash, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import type { World } from "../../../world/world.ts";
import type { EmulatedAnswer, EmulatedRequest, EmulatedRoute } from "../../http/emulated-api.ts";
import type { GraphClient } from "../options.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { checkClientAssertion } from "./client-assertion.ts";
import { SignInError, signInErrors } from "./sign-in-error.ts";

export interface TokenEndpointOptions {
  readonly tenantId: string;
  /** Names by which clients may speak of the tenant: its domains. */
  readonly tenantNames: () => readonly string[];
  readonly clients: readonly GraphClient[];
  readonly tokens: AccessTokens;
  readonly world: Pick<World, "clock" | "random">;
}

/** The tokens, and what libraries read to find them. */
export function tokenRoutes(options: TokenEndpointOptions): readonly EmulatedRoute[] {
  return [
    {
      method: "POST",
      path: "/:tenant/oauth2/v2.0/token",
      handle: (request) => tokenAnswer(request, options),
    },
    {
      method: "GET",
      path: "/:tenant/v2.0/.well-known/openid-configuration",
      handle: ({ origin }) => ({ status: 200, body: metadata(origin, options.tenantId) }),
    },
  ];
}

function metadata(origin: string, tenantId: string): Readonly<Record<string, string | readonly string[]>> {
  const base = `${origin}/${tenantId}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    response_types_supported: ["code"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    tenant_region_scope: "EU",
  };
}

const form = z.looseObject({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.string().optional(),
  scope: z.string().optional(),
});

function tokenAnswer(request: EmulatedRequest, options: TokenEndpointOptions): EmulatedAnswer {
  try {
    const client = clientOf(request, options);
    const { token, expiresIn } = options.tokens.issue(client.clientId, client.permissions);
    return {
      status: 200,
      headers: { "cache-control": "no-store, no-cache", pragma: "no-cache" },
      body: { token_type: "Bearer", expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token },
    };
  } catch (error) {
    if (error instanceof SignInError) return refusal(error, options.world);
    throw error;
  }
}

/** The client whose credentials the request has. */
function clientOf(request: EmulatedRequest, options: TokenEndpointOptions): GraphClient {
  const { tenant = "" } = request.params;
  const names = [options.tenantId, ...options.tenantNames()].map((name) => name.toLowerCase());
  if (!names.includes(tenant.toLowerCase())) throw signInErrors.tenantNotFound(tenant);
  const fields = {
    ...form.catch({}).parse(request.body),
    ...basicCredentials(request.headers["authorization"]),
  };
  requireGrant(fields);
  const clientId = required(fields, "client_id");
  const client = options.clients.find((one) => one.clientId === clientId);
  if (client === undefined) throw signInErrors.clientNotFound(clientId, tenant);
  const { client_assertion: assertion, client_secret: secret } = fields;
  if (assertion !== undefined) {
    if (fields.client_assertion_type !== assertionType) throw signInErrors.assertionType();
    checkAssertion(assertion, client, { request, options });
    return client;
  }
  if (secret === undefined) throw signInErrors.noCredential();
  if (client.secret === undefined || !isSame(secret, client.secret)) throw signInErrors.wrongSecret(clientId);
  return client;
}

type Fields = z.infer<typeof form>;

function requireGrant(fields: Fields): void {
  if (required(fields, "grant_type") !== "client_credentials") throw signInErrors.grantType();
  const scope = required(fields, "scope");
  if (!/^\S+\/\.default$/.test(scope)) throw signInErrors.scope(scope);
}

function required(fields: Fields, name: "grant_type" | "client_id" | "scope"): string {
  const value = fields[name];
  if (value === undefined || value === "") throw signInErrors.missingField(name);
  return value;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

function checkAssertion(
  assertion: string,
  { clientId, certificate }: GraphClient,
  { request, options }: { readonly request: EmulatedRequest; readonly options: TokenEndpointOptions },
): void {
  if (certificate === undefined) throw signInErrors.assertionKey("The key was not found.");
  const tenants = [options.tenantId, request.params["tenant"] ?? ""];
  checkClientAssertion(assertion, {
    clientId,
    certificate,
    audiences: tenants.flatMap((tenant) => [
      `${request.origin}/${tenant}/oauth2/v2.0/token`,
      `${request.origin}/${tenant}/v2.0`,
    ]),
    now: options.world.clock.now(),
  });
}

/** RFC 6749 §2.3.1: id and secret in the Authorization header. */
function basicCredentials(header: string | undefined): { client_id?: string; client_secret?: string } {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return {};
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString().split(/:(.*)/s);
  return { client_id: decoded(id), client_secret: decoded(secret) };
}

/** What is not encoded as it should be stays as it is, and matches no client. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function refusal(
  { status, error, number, message }: SignInError,
  { clock, random }: Pick<World, "clock" | "random">,
): EmulatedAnswer {
  const [traceId, correlationId] = [random.uuid(), random.uuid()];
  const timestamp = `${clock.now().toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    status,
    body: {
      error,
      error_description: `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    },
  };
}
