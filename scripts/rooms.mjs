// The rooms of src/ and what each may import: one table for `npm run lint` (scripts/check-imports.mjs) and docs/architecture.md.
// A room is a folder or a file; what has a room of its own is no part of the room around it. A room may import what it names
// here, all of which stands above it, so imports point one way and make no circle. Files of a room that is `apart` do not
// import each other.

export const rooms = [
  {
    room: "ground",
    holds:
      "general building blocks: JSON as types, the error class, names and lists in text, maps that share what stays the same",
    imports: names(""),
  },
  {
    room: "choices",
    holds: "questions with a closed set of answers, as tables: how an answer is read and checked",
    imports: names("ground"),
  },
  {
    room: "wire",
    holds: "requests and answers as plain values; secrets that must never be shown",
    imports: names("ground"),
  },
  {
    room: "world",
    holds: "access to the outside world: clock, timers, randomness, disk, streams, environment",
    imports: names("wire"),
    node: names("node:*"),
  },
  {
    room: "patterns",
    holds: "regular expressions of a fixture: in RE2 if possible, otherwise with a time limit",
    imports: names("ground"),
    packages: names("re2js"),
    node: names("node:vm node:process"),
  },
  {
    room: "scim",
    holds: "SCIM 2.0: schemas as data, paths, filters, PATCH, PUT, projection, paging, errors",
    imports: names("ground"),
  },
  {
    room: "fault",
    holds: "injected failures: how a fault is written and read, latency distributions, repeatable chance",
    imports: names("ground"),
  },
  {
    room: "fidelity",
    holds: "undocumented behaviour of Okta and Entra ID, as tables of choices",
    imports: names("ground choices"),
  },
  {
    room: "astro/behaviour",
    holds: "undocumented behaviour of Astro, as tables of choices",
    imports: names("choices"),
  },
  {
    room: "astro",
    holds:
      "Astro's users and Teams as one state that both sides of a comparison share; its attributes; the port of reads and writes",
    imports: names("ground scim fault astro/behaviour"),
  },
  {
    room: "astro/api",
    holds: "reads and writes Astro over SCIM, through a `Send`",
    imports: names("ground wire scim astro"),
    packages: names("zod"),
    node: names("node:crypto"),
  },
  {
    room: "astro/iam",
    holds: "reads Astro over its IAM API, and gives roles there, through a `Send`",
    imports: names("ground wire astro astro/api"),
    packages: names("zod"),
  },
  {
    room: "directory",
    holds:
      "the state of an identity provider, its changes over time, the app's settings; the port of directory sources",
    imports: names("ground fidelity astro"),
  },
  {
    room: "yaml",
    holds: "YAML as values with their places; mistakes, and limits of size",
    imports: names("ground"),
    packages: names("yaml zod"),
  },
  {
    room: "tables",
    holds: "tables of a fixture: CSV and NDJSON as entries with their places",
    imports: names("ground yaml"),
    packages: names("papaparse"),
  },
  {
    room: "fixture/generate",
    holds: "a generated company, as a fixture",
    imports: names("fault"),
  },
  {
    room: "fixture",
    holds: "the YAML file: its form, how it is read, its mistakes, its JSON Schema",
    imports: names(
      "ground choices yaml tables fault fidelity astro/behaviour astro directory fixture/generate",
    ),
    packages: names("zod"),
    node: names("node:crypto node:util"),
  },
  {
    room: "idp",
    holds:
      "what Okta and Entra ID share: the provider as a record, accounts that should exist, timelines, expectations",
    imports: names("ground wire scim astro directory"),
  },
  {
    room: "idp/okta",
    holds: "how Okta behaves: expressions, mapping, requests, jobs, memory",
    imports: names("ground wire patterns scim fidelity astro directory idp"),
  },
  {
    room: "idp/entra",
    holds: "how Entra ID behaves: expressions, mapping, requests, cycles, memory",
    imports: names("ground wire patterns scim fidelity astro directory idp"),
  },
  {
    room: "idp/providers.ts",
    holds: "the list of providers",
    imports: names("directory idp idp/okta idp/entra"),
  },
  {
    room: "idp/expected",
    holds: "the accounts and Teams that should exist",
    imports: names("ground astro directory idp idp/providers.ts"),
  },
  {
    room: "idp/timeline",
    holds: "a timeline, step by step, and whether each step met its expectations",
    imports: names("ground wire astro directory idp idp/expected"),
  },
  {
    room: "drift",
    holds: "the directory compared with Astro: changes, what a live provider says, plans, safety rules",
    imports: names("ground astro directory"),
  },
  {
    room: "plan-file",
    holds: "a plan written to a file and read again; a saved plan with what it was made from",
    imports: names("ground astro drift"),
    packages: names("zod"),
    node: names("node:crypto"),
  },
  {
    room: "repair",
    holds: "applies a plan: checks again, writes over SCIM or through the provider (`via/`), reads back",
    imports: names("ground astro drift"),
  },
  {
    room: "http",
    holds: "our own client: undici, retries, pace, proxies, limits",
    imports: names("ground wire world"),
    packages: names("undici"),
    node: names("node:dns/promises node:events node:http node:net node:stream node:tls node:zlib"),
  },
  {
    room: "management",
    holds:
      "a provider's management API, read and written: one client for Okta's and Microsoft Graph; pages, limits",
    imports: names("ground wire http"),
    packages: names("zod"),
  },
  {
    room: "management/credentials",
    holds: "what authorizes requests to a management API: API tokens, OAuth client credentials, DPoP",
    imports: names("ground wire"),
    packages: names("zod oauth4webapi"),
    node: names("node:crypto"),
  },
  {
    room: "management/okta",
    holds: "Okta's management API: shapes and calls",
    imports: names("ground wire http management"),
    packages: names("zod"),
  },
  {
    room: "management/graph",
    holds: "Microsoft Graph: shapes and calls, its clouds",
    imports: names("ground wire http management"),
    packages: names("zod"),
  },
  {
    room: "repair/via/entra",
    holds: "operations through Entra ID: which go that way, provisioning on demand, a restart of the job",
    imports: names("ground astro drift repair management management/graph"),
    packages: names("zod"),
  },
  {
    room: "sources/okta",
    holds: "a directory from a live Okta: users, groups, the app and its mappings, links, findings",
    imports: names("ground astro directory management management/okta idp idp/okta"),
  },
  {
    room: "sources/entra",
    holds: "a directory from a live Entra ID: users, groups, the app and its mappings, links, findings",
    imports: names("ground directory management management/graph idp idp/entra"),
  },
  {
    room: "repair/via/okta",
    holds: "repairs through Okta: which operations go through it, its steps, and the wait until it is done",
    imports: names("ground astro drift repair management management/okta sources/okta"),
    packages: names("zod"),
  },
  {
    room: "sources/tables",
    holds: "a directory from tables: CSV, NDJSON, JSON, and the exports of the consoles",
    imports: names("ground yaml tables fixture astro directory"),
  },
  {
    room: "sources/scim",
    holds: "a directory from a SCIM server",
    imports: names("ground wire astro astro/api directory"),
  },
  {
    room: "anonymize",
    holds: "a company with invented names in place of real ones, and with the same structure",
    imports: names("ground astro directory fixture idp/okta idp/entra"),
    node: names("node:crypto"),
  },
  {
    room: "recording",
    holds: "exchanges as an HTTP Archive",
    imports: names("ground wire"),
  },
  {
    room: "replay",
    holds: "recordings read back, sent again with the target's ids, and compared",
    imports: names("ground wire astro astro/api"),
    packages: names("zod"),
  },
  {
    room: "server/api",
    holds: "the interface of an API of the local Astro: requests, answers, routes, authorization",
    imports: names("ground scim astro/behaviour astro world"),
    node: names("node:crypto"),
  },
  {
    room: "server/store",
    holds: "the port of rows",
    imports: names("ground scim astro"),
  },
  {
    room: "server/store/memory",
    holds: "rows in memory",
    imports: names("ground world scim server/store"),
  },
  {
    room: "server/organization",
    holds: "Astro's rules about users and Teams, independent of API and store",
    imports: names("ground scim astro server/store"),
  },
  {
    room: "server/scim",
    holds: "the SCIM API",
    imports: names("ground scim astro/behaviour astro server/api server/store server/organization"),
    node: names("node:crypto"),
  },
  {
    room: "server/audit",
    holds: "the audit log: which writes were carried out or refused",
    imports: names("ground wire astro/behaviour"),
  },
  {
    room: "server/iam",
    holds: "Astro's own API: users, Teams, roles, invitations, organizations, API tokens, audit logs",
    imports: names("ground astro astro/behaviour server/api server/store server/organization server/audit"),
    packages: names("zod"),
    node: names("node:util node:zlib"),
  },
  {
    room: "server/scim/shortcuts",
    holds: "fast paths of the SCIM API, with the same results",
    imports: names("scim astro/behaviour server/api server/store server/store/memory server/scim"),
  },
  {
    room: "server/faults",
    holds: "how a fault takes effect",
    imports: names("ground fault server/api"),
  },
  {
    room: "server/log",
    holds: "the requests as they were received",
    imports: names("ground wire world fault server/api"),
    node: names("node:http"),
  },
  {
    room: "server/control",
    holds: "the control endpoint",
    imports: names("ground wire scim fault astro server/api server/store server/faults server/log"),
  },
  {
    room: "server/http",
    holds: "the HTTP server: reads requests and sends answers for any list of APIs",
    imports: names("ground world scim server/api server/faults server/log server/audit"),
    packages: names("fastify"),
    node: names("node:http node:net node:stream"),
  },
  {
    room: "server",
    holds: "the complete local Astro",
    imports: names(
      "ground world scim fault astro/behaviour astro server/api server/store server/organization server/scim server/iam server/faults server/log server/audit server/control server/http server/store/memory server/scim/shortcuts",
    ),
    node: names("node:crypto"),
  },
  {
    room: "emulators/http",
    holds: "the HTTP server of an emulated management API",
    imports: names("ground world server/http"),
    packages: names("fastify"),
    node: names("node:*"),
  },
  {
    room: "emulators/company",
    holds: "one company with its provider, in memory: directory, app, and the provisioning behind it",
    imports: names("ground wire world directory idp idp/okta idp/entra"),
  },
  {
    room: "emulators/okta",
    holds: "Okta's management API over a company",
    imports: names("ground world scim astro directory idp idp/okta emulators/http emulators/company"),
    packages: names("zod"),
    node: names("node:crypto"),
  },
  {
    room: "emulators/graph",
    holds: "Microsoft Graph over a company",
    imports: names("ground wire world astro directory idp idp/entra emulators/http emulators/company"),
    packages: names("zod"),
    node: names("node:crypto"),
  },
  {
    room: "review",
    holds: "the content of a valid fixture, and likely problems",
    imports: names("ground astro directory fixture idp idp/providers.ts idp/expected idp/timeline"),
  },
  {
    room: "simulation",
    holds: "a rehearsal: credentials, first provisioning, timeline, comparison",
    imports: names("ground astro astro/api directory idp drift idp/providers.ts idp/timeline"),
  },
  {
    room: "check",
    holds:
      "checks of a server, its token and the provider's app: a row each, what it reads apart from how it is judged; the canary",
    imports: names("ground wire astro astro/api astro/iam directory idp idp/expected http"),
    packages: names("zod"),
  },
  {
    room: "terraform",
    holds: "what Terraform owns of Astro's Teams and roles, from `terraform show -json`",
    imports: names("ground"),
    packages: names("zod"),
  },
  {
    room: "preflight",
    holds: "what will happen on the day on which SCIM is switched on, and whether that day may come",
    imports: names("ground astro directory idp drift terraform idp/providers.ts"),
  },
  {
    room: "setup",
    holds:
      "the set-up sheets of both consoles as data; set-ups that are known to fail; a live app compared with its sheet",
    imports: names("scim astro directory"),
  },
  {
    room: "why",
    holds: "the story of one user or Team: facts, logs by one clock, causes as a table that compete",
    imports: names("ground astro astro/iam directory idp drift idp/providers.ts idp/expected"),
  },
  {
    room: "report",
    holds: "results to text and JSON",
    imports: names(
      "ground wire astro directory idp drift repair replay server/log review simulation why setup check preflight idp/timeline",
    ),
    packages: names("chalk string-width wrap-ansi"),
  },
  {
    room: "files",
    holds: "how files are opened, read and written, whole or not at all",
    imports: names("ground world recording"),
    node: names("node:path"),
  },
  {
    room: "runs",
    holds: "the journal of repairs: a file for each run, written before and after each write, and read again",
    imports: names("ground world drift plan-file repair files"),
    packages: names("zod"),
    node: names("node:path"),
  },
  {
    room: "undo",
    holds: "the plan that puts back what a run changed",
    imports: names("ground astro drift runs"),
  },
  {
    room: "lock",
    holds: "one repair of an organization at a time on one machine",
    imports: names("ground world http"),
    packages: names("zod"),
    node: names("node:crypto node:net node:os"),
  },
  {
    room: "target",
    holds: "which server, which token, which profile, and which profile files are trusted",
    imports: names("ground wire world yaml astro drift http management/graph files"),
    packages: names("zod yaml"),
    node: names("node:crypto node:path"),
  },
  {
    room: "assembly",
    holds:
      "assembles a run for the command line and for programs: sources, connections, state files, the comparison, a rehearsal",
    imports: names(
      "ground wire world yaml tables astro astro/api astro/iam directory fixture idp drift repair http management management/credentials management/okta management/graph repair/via/okta repair/via/entra sources/okta sources/entra sources/tables sources/scim recording replay server/log server simulation terraform preflight files target idp/providers.ts idp/expected idp/timeline astro/behaviour",
    ),
    node: names("node:buffer node:path node:url"),
  },
  {
    room: "completion",
    holds: "what the next word of a command line can be, from the commands as data",
    imports: names(""),
  },
  {
    room: "cli/live",
    holds:
      "the live list of `serve`: requests and keys to a state, the state to lines, lines to the terminal",
    imports: names("ground wire world fault http server/log server/faults report"),
    packages: names("chalk string-width"),
    node: names("node:readline node:stream"),
  },
  {
    room: "cli",
    holds:
      "the command line: flags, sessions, prompts, exit statuses; `actions/` is what each command does, `output/` what is printed and what is hidden",
    imports: names(
      "ground wire world fault astro/behaviour astro astro/api astro/iam directory fixture/generate fixture anonymize drift plan-file repair http management replay server emulators/http emulators/company emulators/okta emulators/graph review simulation why setup check terraform preflight report files runs undo lock target assembly completion cli/live idp/providers.ts idp",
    ),
    packages: names("chalk commander inquirer ora yaml"),
    node: names("node:path node:stream node:url"),
  },
  {
    room: "cli/commands",
    holds: "arguments and help of each command; its action is loaded when it runs",
    imports: names("world cli"),
    packages: names("commander"),
    apart: true,
  },
  {
    room: "cli/program.ts",
    holds: "all commands",
    imports: names("world cli cli/commands"),
    packages: names("commander"),
  },
  {
    room: "cli/main.ts",
    holds: "one run of the program, from arguments to exit status",
    imports: names("ground world cli cli/program.ts completion report target"),
    packages: names("commander"),
  },
  {
    room: "programs",
    holds: "the library: `startServer`, `simulate`, `diff`",
    imports: names(
      "ground world fault fidelity astro/behaviour astro fixture drift server/http server simulation target assembly idp idp/providers.ts",
    ),
    packages: names("zod"),
  },
  {
    room: "index.ts",
    holds: "what the package exports",
    imports: names(
      "ground fault astro/behaviour astro fidelity idp idp/timeline drift server/log server/faults server/control server/http server simulation programs",
    ),
  },
];

function names(text) {
  return text === "" ? [] : text.split(" ");
}
