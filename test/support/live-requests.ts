/** Requests as the live list gets them, without a server. */

import { LiveRequest } from "../../src/cli/live/model/live-request.ts";
import { initialState, type LiveState } from "../../src/cli/live/model/state.ts";
import { faultMenu } from "../../src/cli/live/model/fault-menu.ts";
import { update } from "../../src/cli/live/update.ts";
import type { LiveEffect } from "../../src/cli/live/event.ts";
import type { KeyPress } from "../../src/cli/live/model/key-press.ts";
import { LoggedRequest } from "../../src/server/log/logged-request.ts";
import type { RawExchange } from "../../src/server/log/received.ts";

export const redaction = { base: "/scim/v2/o", secrets: ["the-token"] };

export function rawExchange(changes: Partial<RawExchange> = {}): RawExchange {
  return {
    method: "GET",
    url: "/scim/v2/o/Users",
    requestHeaders: { authorization: "Bearer the-token", "user-agent": "Okta SCIM Client 1.0.0" },
    requestText: "",
    answer: { status: 200, mediaType: "application/scim+json", text: "{}" },
    startedAtMs: 0,
    durationMs: 3,
    ...changes,
  };
}

/** Numbered from 1, or from `first`. */
export function liveRequests(changes: readonly Partial<RawExchange>[], first = 1): readonly LiveRequest[] {
  return changes.map(
    (change, at) =>
      new LiveRequest(new LoggedRequest(rawExchange(change), redaction), {
        number: first + at,
        isResent: false,
        hide: (text) => text,
      }),
  );
}

/** A list at the beginning, which then received these. */
export function stateWith(
  changes: readonly Partial<RawExchange>[],
  size: LiveState["size"] = { columns: 80, rows: 24 },
): LiveState {
  const connection = [{ label: "SCIM URL", value: "http://127.0.0.1:8888/scim/v2/o" }];
  const state = initialState({ size, connection, knownFaults: faultMenu([]), faults: [] });
  return received(state, changes);
}

export function received(state: LiveState, changes: readonly Partial<RawExchange>[]): LiveState {
  const requests = liveRequests(changes, state.total + 1);
  const failed = state.failed + requests.filter(({ isFailed }) => isFailed).length;
  return update(state, { kind: "requests", requests, total: state.total + requests.length, failed }).state;
}

const named: Readonly<Record<string, Partial<KeyPress>>> = {
  up: { sequence: "\u001B[A" },
  down: { sequence: "\u001B[B" },
  left: { sequence: "\u001B[D" },
  right: { sequence: "\u001B[C" },
  pageup: { sequence: "\u001B[5~" },
  pagedown: { sequence: "\u001B[6~" },
  home: { sequence: "\u001B[H" },
  end: { sequence: "\u001B[F" },
  return: { sequence: "\r" },
  escape: { sequence: "\u001B" },
  backspace: { sequence: "\u007F" },
  "ctrl-c": { name: "c", sequence: "\u0003", ctrl: true },
  "ctrl-l": { name: "l", sequence: "\u000C", ctrl: true },
  "ctrl-u": { name: "u", sequence: "\u0015", ctrl: true },
};

/** As `node:readline` gives it. */
export function keyPress(key: string): KeyPress {
  return { name: key, sequence: key, ctrl: false, ...named[key] };
}

/** Names of keys, or characters, one after the other. */
export function pressing(
  state: LiveState,
  keys: readonly string[],
): { readonly state: LiveState; readonly effects: readonly LiveEffect[] } {
  const effects: LiveEffect[] = [];
  for (const key of keys) {
    const outcome = update(state, { kind: "key", key: keyPress(key) });
    state = outcome.state;
    if (outcome.effect !== undefined) effects.push(outcome.effect);
  }
  return { state, effects };
}
