/**
 * A set-up sheet as data: what to enter in a console, in its order and with its labels. The terminal, Markdown, JSON and
 * `--check` are made of it, so that they say the same.
 */

import type { SetupSetting } from "../directory/shown-setup.ts";
import type { SetupIntegration, SetupProvider } from "./answers.ts";

interface Line {
  /** Unique within the sheet; a deviation is found under it. */
  readonly id: string;
  /** Why it is so, or what to look out for. */
  readonly note?: string;
}

/** Something to do or to press, in a sentence. */
export interface StepLine extends Line {
  readonly kind: "step";
  readonly text: string;
  /** What is compared, in the words of the comparison. */
  readonly checkedAs?: string;
  /** What the live app shows when it was done. */
  readonly setting?: Expected;
}

/** A field with its value: to copy, to select, or a secret that the sheet does not have. */
export interface FieldLine extends Line {
  readonly kind: "copy" | "select" | "secret";
  readonly label: string;
  /** Of a secret: what it is. */
  readonly value: string;
  readonly setting?: Expected;
}

/** A box to tick, or to leave without a tick. */
export interface BoxLine extends Line {
  readonly kind: "tick";
  readonly label: string;
  readonly isTicked: boolean;
  readonly setting?: Expected;
}

/** A row of the attribute mappings that must be there. */
export interface MappingLine extends Line {
  readonly kind: "mapping";
  readonly of: "users" | "groups";
  readonly target: string;
  readonly source: string;
  /** "Match objects using this attribute" (Entra ID). */
  readonly isMatching: boolean;
  /** What the console says beside it: `Create and update`. */
  readonly applies: string;
}

/** Every other row of the mappings is to be deleted; those that a new app has are named. */
export interface DeletionLine extends Line {
  readonly kind: "delete-mappings";
  readonly of: "users" | "groups";
  readonly targets: readonly string[];
}

export type SheetLine = StepLine | FieldLine | BoxLine | MappingLine | DeletionLine;

/** What the live app must show for a line. */
export interface Expected {
  readonly name: SetupSetting;
  readonly value: string | boolean;
}

/** A page or a part of a page of a console. */
export interface SheetSection {
  /** Where it is: `Provisioning > To App`. */
  readonly place: string;
  readonly lines: readonly SheetLine[];
}

export interface Sheet {
  readonly idp: SetupProvider;
  readonly integration: SetupIntegration;
  /** `Okta, app from the App Integration Wizard`. */
  readonly title: string;
  readonly sections: readonly SheetSection[];
}

/** The console's name of a line, for people. */
export function labelOf(line: SheetLine): string {
  switch (line.kind) {
    case "step":
      return line.checkedAs ?? line.text;
    case "copy":
    case "select":
    case "secret":
    case "tick":
      return line.label;
    case "mapping":
      return `${line.source} → ${line.target}`;
    case "delete-mappings":
      return line.of === "users" ? "no other mapping of users" : "no other mapping of groups";
    default:
      return line satisfies never;
  }
}

/** Shorter ways to write the lines of the tables. */
export const step = (id: string, text: string, more: Partial<StepLine> = {}): StepLine => ({
  kind: "step",
  id,
  text,
  ...more,
});

export const field = (
  kind: FieldLine["kind"],
  [id, label, value]: readonly [id: string, label: string, value: string],
  more: Partial<Pick<FieldLine, "note" | "setting">> = {},
): FieldLine => ({ kind, id, label, value, ...more });

/** A box whose setting has the name of the line. */
export const box = (
  id: SetupSetting,
  label: string,
  isTicked: boolean,
  more: Partial<Pick<BoxLine, "note">> = {},
): BoxLine => ({ kind: "tick", id, label, isTicked, setting: { name: id, value: isTicked }, ...more });
