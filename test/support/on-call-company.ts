/** The two companies of docs/runbook.md: one at an emulated Okta, one at an emulated Entra ID, each with a local Astro, and one on-call engineer. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OutputStream } from "../../src/world/io.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { aDirectory, aGroup, anEntraUser, aUser } from "./builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "./emulated-graph.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "./emulated-okta.ts";
import { fakeIo } from "./fake-io.ts";
import { ownStateFolder } from "./own-state-folder.ts";
import { runCommand } from "./run-command.ts";
import { seedUser } from "./seed-user.ts";
import { wordsOf } from "./words-of.ts";

export const at = (name: string): string => `${name}@example.com`;

export interface OnCallCompany {
  readonly okta: EmulatedOkta;
  readonly entra: EmulatedGraph;
  readonly run: (line: string, pressing?: string) => Promise<Shown>;
  /** The same with names as the page has them; Ctrl-C is pressed as soon as `pressing` is printed. */
  readonly show: (line: string, pressing?: string) => Promise<Shown>;
  readonly stop: () => Promise<void>;
}

export interface Shown {
  readonly status: number;
  /** What a terminal shows of both streams. */
  readonly printed: string;
}

const organizationId = "cknaqyipv05731evsry6cj4n0";
const entraOrganizationId = "cknaqyipv05731evsry6cj4n1";
const owner = seedUser(at("olga"), { role: "ORGANIZATION_OWNER" });

const client = {
  clientId: "on-call",
  secret: "a secret",
  permissions: [
    "Application.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "Synchronization.ReadWrite.All",
    "ProvisioningLog.Read.All",
  ],
};

/** Both have provisioned everybody when this resolves. */
export async function startOnCallCompany(): Promise<OnCallCompany> {
  const folder = ownStateFolder();
  const okta = await startOkta();
  const entra = await startEntra();
  await okta.company.settled();
  const config = join(folder, "config");
  await mkdir(join(config, "astro-scim"), { recursive: true });
  await writeFile(join(config, "astro-scim", "astro-scim.yaml"), profiles(okta, entra));
  const { clock, timers: real, random } = systemWorld();
  // Between two looks at a provisioning job; the emulated one needs no time.
  const timers = { ...real, wait: (ms: number, signal: AbortSignal) => real.wait(Math.min(ms, 10), signal) };
  const env = {
    XDG_CONFIG_HOME: config,
    XDG_STATE_HOME: folder,
    OKTA_TOKEN: oktaToken,
    ENTRA_SECRET: client.secret,
    ASTRO_TOKEN: okta.astro.token,
    ENTRA_ASTRO_TOKEN: entra.astro.token,
  };
  const run: OnCallCompany["run"] = async (line, pressing) => {
    const plain = fakeIo({ env, cwd: folder });
    let printed = "";
    const pressed = (stream: OutputStream): OutputStream => ({
      ...stream,
      write: (text) => {
        printed += text;
        if (pressing !== undefined && text.includes(pressing)) plain.interrupt();
        return stream.write(text);
      },
    });
    const streams = { stdout: pressed(plain.stdout), stderr: pressed(plain.stderr) };
    const { status } = await runCommand(wordsOf(line), {
      io: { ...plain, clock, timers, random, ...streams },
    });
    return { status, printed };
  };
  const names = namesOnThePage(okta, entra, folder);
  return {
    okta,
    entra,
    run,
    show: async (line, pressing) => {
      const { status, printed } = await run(names.real(line), pressing);
      return { status, printed: names.shown(printed) };
    },
    stop: async () => {
      await okta.stop();
      await entra.stop();
    },
  };
}

/** Addresses, ids, runs and times are other ones each time; the page has the same ones always, and its commands are run with the real ones. */
function namesOnThePage(
  okta: EmulatedOkta,
  entra: EmulatedGraph,
  folder: string,
): { readonly shown: (text: string) => string; readonly real: (line: string) => string } {
  const known = new Map([organizationId, entraOrganizationId].map((id) => [id, id]));
  const named = (make: (count: string) => string) => {
    let count = 0;
    return (id: string) => {
      const name = known.get(id) ?? make(String((count += 1)).padStart(2, "0"));
      known.set(id, name);
      return name;
    };
  };
  const [nameOfId, nameOfRun] = [
    named((count) => `cmkf7y5c000${count}a1b2c3d4e5f6`),
    named((count) => `20260115T090000-1f0c9a${count}`),
  ];
  const hosts = [
    [`http://127.0.0.1:${okta.astro.port}`, "https://api.astronomer.io"],
    [`http://127.0.0.1:${entra.astro.port}`, "https://api.astronomer.io"],
    [`127.0.0.1:${okta.astro.port}`, "api.astronomer.io"],
    [`127.0.0.1:${entra.astro.port}`, "api.astronomer.io"],
    [folder, "~/.local/state"],
  ] as const;
  return {
    shown: (text) =>
      hosts
        .reduce((all, [from, to]) => all.replaceAll(from, to), text)
        .replaceAll(/\bc[a-z0-9]{24}\b/g, nameOfId)
        .replaceAll(/\b\d{8}T\d{6}-[0-9a-f]{8}\b/g, nameOfRun)
        .replaceAll(/\b\d{4}-\d\d-\d\d([ T])\d\d:\d\d/g, "2026-01-15$109:00")
        .replaceAll(/(09:00):\d\d(?:\.\d+)?/g, "$1:00")
        .replaceAll(/ \([\d.]+ m?s\)/g, "")
        // Which profile it is, and where its tokens go: the page says it once.
        .replaceAll(/^(?:Using profile|Comparing|Reading organization|Read over) .*\n\n?/gm, ""),
    real: (line) => [...known].reduce((all, [id, name]) => all.replaceAll(name, id), line),
  };
}

async function startOkta(): Promise<EmulatedOkta> {
  const [ada, grace, alan, peter, lea] = ["ada", "grace", "alan", "peter", "lea"].map(at) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return startEmulatedOkta({
    directory: aDirectory({
      users: [ada, grace, alan, peter, lea].map((name) => aUser(name)),
      groups: [
        aGroup("data-platform", [ada, grace]),
        aGroup("analytics", [ada, alan]),
        aGroup("finance", [grace, alan]),
      ],
      ssoOnlyUsers: [lea],
    }),
    astro: { organizationId, seed: { users: [owner, seedUser(lea)], teams: [] } },
    keep: true,
  });
}

async function startEntra(): Promise<EmulatedGraph> {
  return startEmulatedGraph({
    directory: aDirectory({
      users: [anEntraUser(at("ada")), anEntraUser(at("grace"))],
      groups: [aGroup("data-platform", [at("ada"), at("grace")])],
      assignedGroups: ["data-platform"],
      pushedGroups: [],
    }),
    astro: { organizationId: entraOrganizationId, seed: { users: [owner], teams: [] } },
    graph: { clients: [client] },
    keep: true,
  });
}

function profiles(okta: EmulatedOkta, entra: EmulatedGraph): string {
  return `profiles:
  prod:
    url: ${okta.astro.url}
    tokenEnv: ASTRO_TOKEN
    protect: [${at("olga")}]
    directory:
      okta: { url: "${okta.okta.url}", app: Astro, tokenEnv: OKTA_TOKEN }
  prod-entra:
    url: "${entra.astro.url}?aadOptscim062020"
    tokenEnv: ENTRA_ASTRO_TOKEN
    protect: [${at("olga")}]
    directory:
      entra: { tenant: "${entra.tenantId}", app: Astro, cloud: "${entra.emulator.url}", clientId: ${client.clientId}, secretEnv: ENTRA_SECRET }
`;
}
