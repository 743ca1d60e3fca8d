/**
 * The access token of the person who is signed in to the Azure CLI, in place of an app registration: `az account get-access-token`. What it may
 * read is what the person's directory role allows.
 */

import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import type { Authorizer } from "../../wire/authorizer.ts";

/** How a run of the Azure CLI ended. */
export type AzureCliEnd =
  | { readonly kind: "exited"; readonly status: number; readonly stdout: string; readonly stderr: string }
  /** There is no such program. */
  | { readonly kind: "not-found" }
  /** It did not start, took too long, or was ended. */
  | { readonly kind: "failed"; readonly why: string };

/** Runs `az` with these arguments and waits for its end: a port, for running a program is not for this room. */
export type RunAzureCli = (args: readonly string[]) => Promise<AzureCliEnd>;

export interface AzureCliTokenOptions {
  readonly run: RunAzureCli;
  /** Whom the token is for: `https://graph.microsoft.com`. */
  readonly resource: string;
  /** Id or domain. */
  readonly tenant: string;
  readonly now: () => Date;
  /** Called with each token before it is used. */
  readonly onSecret: (secret: string) => void;
}

/** The Azure CLI gets a new token in the last five minutes of the old one. */
const lastMinutesMs = 5 * 60_000;
/** Of an answer that does not say when the token expires. */
const usualLifeMs = 10 * 60_000;

/** `expires_on` is in seconds since 1970; `expiresOn`, in local time, is all that versions before 2.54 have. */
const answer = z.looseObject({
  accessToken: z.string().min(1),
  expires_on: z.number().optional(),
  expiresOn: z.string().optional(),
});

interface Token {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** The first request asks for the token, later ones take it until it expires. `headersFor` throws AppError unauthorized or usage. */
export function azureCliToken(options: AzureCliTokenOptions): Authorizer {
  const { now, onSecret } = options;
  let secrets: readonly string[] = [];
  let token: Token | undefined;
  let underWay: Promise<Token> | undefined;
  const renew = async (): Promise<Token> => {
    const got = await askAzureCli(options);
    secrets = [...secrets, got.value];
    onSecret(got.value);
    token = got;
    return got;
  };
  return {
    headersFor: async () => {
      if (token === undefined || now().getTime() >= token.expiresAtMs) {
        underWay ??= renew().finally(() => {
          underWay = undefined;
        });
        token = await underWay;
      }
      return { Authorization: `Bearer ${token.value}` };
    },
    // The Azure CLI would give out the same token again.
    mustRepeat: () => false,
    secrets: () => secrets,
  };
}

async function askAzureCli({ run, resource, tenant, now }: AzureCliTokenOptions): Promise<Token> {
  const end = await run([
    "account",
    "get-access-token",
    "--resource",
    resource,
    "--tenant",
    tenant,
    "--output",
    "json",
  ]);
  if (end.kind === "not-found") {
    throw new AppError("usage", "The Azure CLI is not installed: there is no program az.", {
      hint: "Set AZURE_CLIENT_ID and AZURE_CLIENT_SECRET of an app registration, or install the Azure CLI and run: az login",
    });
  }
  if (end.kind === "failed") throw noToken(end.why);
  if (end.status !== 0) throw noToken(firstLine(end.stderr) ?? `az ended with status ${end.status}`);
  const result = answer.safeParse(parsed(end.stdout));
  if (!result.success) throw noToken("az wrote something else than a token");
  const { accessToken, expires_on: seconds, expiresOn: text = "" } = result.data;
  const expiresMs = seconds === undefined ? Date.parse(text) : seconds * 1000;
  const nowMs = now().getTime();
  return {
    value: accessToken,
    expiresAtMs: Number.isFinite(expiresMs)
      ? Math.max(nowMs, expiresMs - lastMinutesMs)
      : nowMs + usualLifeMs,
  };
}

function noToken(why: string): AppError {
  return new AppError("unauthorized", `The Azure CLI gave out no token: ${why.replace(/\.$/, "")}.`, {
    hint: "Sign in with: az login --tenant TENANT. Its user needs a directory role that may read all of it, such as Global Reader.",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of what az says, the first line is the reason: `ERROR: Please run 'az login' to setup account.` */
function firstLine(text: string): string | undefined {
  const line = text.split(/\r?\n/).find((one) => one.trim() !== "");
  return line?.replace(/^ERROR: /, "").trim();
}
