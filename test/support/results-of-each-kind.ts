/** Results of every kind that is reported, in which a name of the caller's choice stands wherever a name can stand. */

import { foldCase } from "../../src/ground/text/fold-case.ts";
import { oktaLinkRules } from "../../src/idp/okta/link-rules.ts";
import { providers } from "../../src/idp/providers.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { guardPlan } from "../../src/drift/safety/guard.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { AppError } from "../../src/ground/errors.ts";
import type { JobReport, Observation, RunEvent, RunSummary } from "../../src/idp/run/events.ts";
import type { Failure } from "../../src/idp/run/failure.ts";
import type { UnmetExpectation } from "../../src/idp/run/unmet-expectation.ts";
import type { ResultKind, Results } from "../../src/report/formats.ts";
import type { ReviewWarning } from "../../src/review/warning.ts";
import type { SimulationResult } from "../../src/simulation/simulate.ts";
import type { ProviderFinding } from "../../src/directory/provider-finding.ts";
import type { ProviderSide } from "../../src/drift/provider/provider-side.ts";
import { findingOfEachKind } from "./provider-findings.ts";
import { preflights } from "./preflight-results.ts";
import { organizationResults } from "./organization-results.ts";
import { setupResults } from "./setup-results.ts";
import { expectedState, heldState } from "./states.ts";

type Examples = { readonly [Kind in ResultKind]: readonly Results[Kind][] };

const at = new Date("2026-09-01T08:00:00Z");

export function resultsOfEachKind(name: string): Examples {
  return {
    simulation: [
      {
        result: simulation(name),
        status: "failed",
        target: name,
        commandFor: (command) => `astro-scim ${command}`,
        timesMs: [1, 2, 3],
        next: { kind: "compare", command: "astro-scim diff" },
      },
    ],
    "simulation-event": simulationEvents(name),
    trigger: triggers(name),
    drift: [
      {
        drift: drift(name),
        words: providers.entra.words,
        target: name,
        commandFor: (command) => `astro-scim ${command}`,
        next: { kind: "compare", command: "astro-scim resync --all" },
      },
    ],
    repair: repairs(name),
    preflight: preflights(name),
    replay: [replay(name)],
    check: [checks(name)],
    review: [review(name)],
    ...runsResults(name),
    why: stories(name),
    ...organizationResults(name),
    ...setupResults(name),
    error: [
      {
        code: "invalid-file",
        message: name,
        hint: name,
        place: { file: name, line: 3, column: 1, text: name },
        exitStatus: 64,
        afterOutput: false,
      },
    ],
  };
}

function checks(name: string): Results["check"] {
  const common = { group: "app", title: name, failureClass: "other", durationMs: 12 } as const;
  const skipped = { kind: "skipped", detail: name, because: name } as const;
  return {
    target: name,
    organizationId: name,
    provider: { idp: "okta", name: "Okta" },
    startedAt: at,
    durationMs: 12,
    exitStatus: 1,
    results: [
      { ...common, id: "pass", verdict: { kind: "pass", detail: name, measured: { what: name } } },
      { ...common, id: "warning", verdict: { kind: "warning", detail: name, advice: name } },
      { ...common, id: "fail", verdict: { kind: "fail", detail: name, advice: name } },
      { ...common, id: "unknown", verdict: { kind: "unknown", detail: name } },
      { ...common, id: "not-applicable", verdict: { kind: "not-applicable", detail: name } },
      { ...common, id: "skipped", verdict: skipped },
      { ...common, id: "skipped-too", verdict: skipped },
    ],
  };
}

function runsResults(name: string): Pick<Examples, "runs" | "run" | "pruned"> {
  const run = {
    id: name,
    at: at.toISOString(),
    command: name,
    target: name,
    state: "unfinished",
    operations: 4,
    done: 1,
    failed: 1,
    unknown: 1,
    notDone: 1,
    undoes: name,
  } as const;
  const operations = repairs(name).flatMap(({ plan }) =>
    plan.operations.map((operation) => {
      return { operation, status: "begun", reason: name, scimId: name } as const;
    }),
  );
  return {
    runs: [
      { folder: name, runs: [run], unreadable: [{ id: name, problem: name }] },
      { folder: name, runs: [], unreadable: [] },
    ],
    run: [
      {
        run,
        file: name,
        operations,
        commands: [{ purpose: "To continue it", command: "astro-scim apply --resume 1" }],
      },
    ],
    pruned: [
      { folder: name, removed: [name], redacted: [name], kept: [name] },
      { folder: name, removed: [], redacted: [], kept: [] },
    ],
  };
}

function stories(name: string): Examples["why"] {
  const cause = {
    id: "removed-in-astro",
    sure: "certain",
    because: name,
    sentence: name,
    evidence: [name],
    repair: { how: name, command: { words: ["resync", name], does: "repair" } },
  } as const;
  const event = {
    log: "astro",
    at: at.toISOString(),
    action: "account-deleted",
    outcome: "failure",
    text: name,
    by: name,
    reason: name,
    code: name,
    objects: [{ id: "1", name }],
    writer: "other",
  } as const;
  return (["fine", "found", "cannot-tell"] as const).map((verdict) => ({
    provider: "Okta",
    target: name,
    next: { kind: "compare", command: "astro-scim diff" },
    story: {
      kind: "user",
      name,
      ids: { provider: name, scim: name },
      chapters: [{ of: "directory", title: "In the directory", lines: [{ label: "User", text: name }] }],
      events: [event],
      clocks: [{ server: "Okta", skew: { leastMs: 4000, mostMs: 5000, pairs: 2 } }],
      unread: [{ what: name, why: name }],
      symptoms: verdict === "fine" ? [] : [name],
      causes: verdict === "found" ? [cause, { ...cause, id: "suspended" }] : [],
      members: [
        { side: "missing", team: name, userName: name, fact: name, causes: [cause] },
        { side: "extra", team: name, userName: name, fact: name, causes: [] },
      ],
      verdict,
      explanation: name,
    },
  }));
}

function triggers(name: string): Examples["trigger"] {
  const { openTasks, observations } = simulation(name);
  const exchange = {
    source: "provider",
    request: { method: "GET", path: `/Users?filter=${encodeURIComponent(name)}`, headers: {} },
    answer: { kind: "response", status: 500, headers: {}, text: name, json: undefined },
    startedAt: at,
    durationMs: 1,
  } as const;
  const about = {
    provider: "okta",
    integration: "manual",
    event: "leaver",
    user: name,
    group: name,
    target: name,
  };
  return (["sent", "nothing-sent", "failed", "interrupted"] as const).map((status) => ({
    ...about,
    status,
    exchanges: [{ phase: "event", exchange }],
    jobs: [{ phase: "event", report: job(name, { kind: "failed", failure: failure(name) }) }],
    openTasks,
    quarantine: name,
    observations,
    failing: observations,
    words: providers.okta.words,
  }));
}

function failure(name: string): Failure {
  const cause = { kind: "status", status: 500 } as const;
  return { kind: "failure", sentence: name, reason: name, explanation: name, cause };
}

function job(name: string, outcome: JobReport["outcome"]): JobReport {
  const subject = { kind: "user", objectId: "00u1", key: name, name } as const;
  return { subject, what: "assign", outcome, requests: 1, observations: [] };
}

function summary(name: string): RunSummary {
  const { subject } = job(name, { kind: "done", did: "created" });
  return {
    reports: [
      job(name, { kind: "failed", failure: failure(name) }),
      job(name, { kind: "nothing-sent", why: name }),
      job(name, { kind: "interrupted", after: `GET /Users/${name}`, wrote: "unknown" }),
      job(name, {
        kind: "done",
        did: "updated",
        group: { added: [name], removed: [name], renamedFrom: name },
        ignoredMembers: [name],
      }),
    ],
    notBegun: [{ subject, what: "assign" }],
    requests: 4,
    interrupted: false,
  };
}

function unmet(name: string): readonly UnmetExpectation[] {
  return [
    { kind: "user", name, what: "active", expected: true, got: name, hint: name },
    { kind: "group", name, what: "members", expected: [name, "ada"], got: [`${name}2`, "ada"] },
    {
      kind: "request",
      name,
      what: "count",
      expected: { min: 1, max: null },
      got: { count: 0, sent: [name] },
    },
    { kind: "error", name, what: "happened", expected: true, got: { count: 1, failures: [name] } },
    { kind: "observation", name: "other-id", what: "observed", expected: true, got: { codes: ["no-id"] } },
    {
      kind: "drift",
      name: "drift",
      what: "differences",
      expected: [{ user: name, kind: "user-left-over" }],
      got: [{ team: name, kind: "team-members-differ", missing: [name] }],
    },
  ];
}

function simulation(name: string): SimulationResult {
  const step = { number: 1, name, at, summary: summary(name) };
  const { subject, what } = job(name, { kind: "nothing-sent", why: "" });
  return {
    words: providers.okta.words,
    fixture: readFixture(name, "idp: okta\n"),
    startedAt: at,
    first: summary(name),
    steps: [
      { ...step, unmet: unmet(name), notChecked: undefined, harmful: [harm(name)] },
      { ...step, unmet: undefined, notChecked: name, harmful: [] },
    ],
    notBegun: [name],
    openTasks: [{ subject, what, sentence: name, reason: name, explanation: name, since: at }],
    pushStates: [{ group: name, team: `${name}2`, status: "INACTIVE", members: 1 }],
    credentialsTest: { requests: 2 },
    requests: 8,
    observations: [
      { subject, request: `GET /${name}`, deviation: { code: "counter-is-text", counter: name } },
    ],
    interrupted: false,
    comparison: { kind: "compared", drift: drift(name) },
    harmfulAtStart: [harm(name)],
    unmet: unmet(name),
  };
}

function harm(name: string): Observation {
  const { subject } = job(name, { kind: "nothing-sent", why: "" });
  return { subject, request: `GET /${name}`, deviation: { code: "other-id", asked: name, got: `${name}2` } };
}

function simulationEvents(name: string): readonly RunEvent[] {
  const [report] = summary(name).reports;
  return [
    { kind: "credentials-test-started" },
    { kind: "credentials-tested", failure: failure(name) },
    ...(report === undefined ? [] : [{ kind: "job-finished", report } as const]),
    { kind: "waiting", seconds: 3, until: at, reason: name },
    { kind: "step-started", number: 1, name, at },
    { kind: "step-finished", number: 1, name, unmet: unmet(name), notChecked: name, harmful: [harm(name)] },
    { kind: "quarantine-entered", reason: name, message: name },
  ];
}

function drift(name: string): Drift {
  return diff(
    expectedState({
      users: [{ name: `${name}-waits`, ssoOnly: true }, { name: `new${name}@example.com` }],
      teams: [{ name: `New ${name}`, members: ["ada"] }],
      unmappable: [{ user: name, reason: name }],
    }),
    heldState({
      users: [{ name: `old${name}@example.com` }],
      teams: [{ name: `Other ${name}`, members: [] }],
    }),
    {
      protect: [name],
      links: {
        rules: oktaLinkRules,
        users: [{ key: foldCase(`new${name}@example.com`), name, scimId: name, stopped: undefined }],
        teams: [{ key: foldCase(`New ${name}`), name, scimId: name, stopped: name }],
        unlisted: { users: new Map([[name, { key: "other", name }]]), teams: new Map() },
      },
      provider: provider(name),
    },
  );
}

/** Two findings of each kind, one of them in the row of a difference where there is one. */
function provider(name: string): ProviderSide {
  const group = { objectId: name, name };
  const findings = [
    { objectId: name, name },
    { objectId: "new", name: `new${name}@example.com` },
  ].flatMap((user) =>
    Object.values(findingOfEachKind({ user, group })).map((finding) => withTexts(finding, name)),
  );
  return {
    isLive: true,
    provider: name,
    findings,
    notEvaluated: [{ attribute: name, expression: name, why: name }],
    assumed: [{ setting: name, value: name, why: name }],
    userKeys: new Map(),
    userNames: new Map(),
    teamKeys: new Map(),
  };
}

/** Every text of the finding is the name. */
function withTexts(finding: ProviderFinding, name: string): ProviderFinding {
  const texts = ["status", "error", "code", "reason", "attribute", "since", "lastPush", "nextAttempt"];
  const more = ["toggle", "effect", "by", "state"];
  const own = [...texts, ...more].filter((key) => key in finding).map((key) => [key, name] as const);
  return { ...finding, ...Object.fromEntries(own) };
}

/** One that a safety rule refuses, and one that was carried out. */
function repairs(name: string): Examples["repair"] {
  const plan = planDelete(drift(name), { users: "all", teams: [`Other ${name}`] });
  const refusals = guardPlan(plan, {
    target: { host: undefined, readOnly: false },
    budget: { maxDeletions: { kind: "count", count: 0 }, allowEmpty: [] },
    rolesUnknown: false,
  });
  const outcomes = plan.operations.map((operation) => {
    return { operation, status: "failed", reason: name, scimId: name } as const;
  });
  const report = {
    command: "delete",
    target: name,
    plan,
    notes: [name],
    isAsked: true,
    onlyShown: false,
  } as const;
  const next = { kind: "compare", command: "astro-scim diff" } as const;
  return [
    { ...report, status: "refused", refusals, outcomes: [], next },
    { ...report, status: "failed", refusals: [], outcomes, next },
  ];
}

function replay(name: string): Results["replay"] {
  const differences = [{ at: name, expected: name, got: null, reason: name }];
  const notSent = [{ number: 2, method: "PUT", path: `/${name}`, reason: "unknown-id" } as const];
  return {
    result: {
      sent: 1,
      differing: [{ number: 1, method: "GET", path: `/${name}`, differences }],
      notSent,
      bodiesNotRecorded: 1,
      idsTranslated: 1,
      ending: "unreachable",
      notBegun: 1,
    },
    status: "unreachable",
    file: name,
    recording: {
      format: "har",
      base: name,
      entries: 2,
      isCutOff: false,
      exchanges: [],
      notSent,
      secrets: [],
    },
    target: name,
    lacksSeed: true,
    next: { kind: "compare", command: "astro-scim replay" },
  };
}

function review(name: string): Results["review"] {
  const error = new AppError("invalid-file", name, { hint: name });
  const counts = { users: 1, groups: 1, assigned: 1, teams: 1, steps: 1, expectations: 1 };
  const warnings: readonly ReviewWarning[] = [
    { code: "settings", sentence: name, step: name },
    { code: "no-account", user: name, reason: name, step: undefined },
    {
      code: "nested-groups",
      group: name,
      within: [name],
      lost: [name],
      lostWithoutAccount: 1,
      step: undefined,
    },
    { code: "sso-only-members", team: name, members: 2, step: undefined },
  ];
  return {
    reviews: [
      { kind: "invalid", file: name, error },
      { kind: "valid", file: name, idp: "okta", words: providers.okta.words, review: { counts, warnings } },
    ],
    next: { kind: "compare", command: "astro-scim fixture validate" },
  };
}
