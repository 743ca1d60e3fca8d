/** What this run made: each is read again by its id before it is written to, and must still have the name that this run gave it. */

import type { HeldUser, TeamAsRead } from "../../astro/held.ts";
import type { CreateResult, WriteResult, Writer } from "../../astro/writer.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { CanaryNames } from "./names.ts";

/** How far the making of one has come. */
type Making =
  | { readonly kind: "not-begun" }
  /** It was asked for; whether it is there is known only by looking. */
  | {
      readonly kind: "asked";
      /** As the server named it. */
      readonly scimId?: string;
      /** Why it may be there although it is not shown; a clause. */
      readonly doubt?: string;
    }
  | { readonly kind: "made"; readonly scimId: string }
  | { readonly kind: "removed" };

/** The server did something else than it was asked for; the message is the detail of a failed check. */
export class CanaryFailure extends Error {
  override readonly name = "CanaryFailure";
}

export class OwnCanary {
  readonly names: CanaryNames;
  readonly #writer: Writer;
  #user: Making = { kind: "not-begun" };
  #team: Making = { kind: "not-begun" };

  constructor(writer: Writer, names: CanaryNames) {
    this.#writer = writer;
    this.names = names;
  }

  get writer(): Writer {
    return this.#writer;
  }

  /** @throws CanaryFailure; AppError of reading */
  async makeUser(displayName: string): Promise<HeldUser> {
    const { userName } = this.names;
    if ((await this.#writer.findUser(userName)) !== undefined) throw new CanaryFailure(taken(userName));
    this.#user = { kind: "asked" };
    const result = await this.#writer.createUser({
      userName,
      externalId: this.names.teamName,
      attributes: { displayName },
    });
    this.#user = askedWith(result);
    const scimId = madeId(result);
    const user = await this.#writer.readUser(scimId);
    if (user === undefined) throw new CanaryFailure("the new user cannot be read by its id");
    requireName(user.userName, [userName]);
    this.#user = { kind: "made", scimId };
    return user;
  }

  /** @throws CanaryFailure; AppError of reading */
  async makeTeam(): Promise<TeamAsRead> {
    const { teamName } = this.names;
    if ((await this.#writer.findTeam(teamName)) !== undefined) throw new CanaryFailure(taken(teamName));
    this.#team = { kind: "asked" };
    const result = await this.#writer.createTeam(teamName);
    this.#team = askedWith(result);
    const scimId = madeId(result);
    const team = await this.#writer.readTeam(scimId);
    if (team === undefined) throw new CanaryFailure("the new Team cannot be read by its id");
    requireName(team.displayName, [teamName]);
    this.#team = { kind: "made", scimId };
    return team;
  }

  /** As the server holds it now. @throws CanaryFailure where it is gone, or the id belongs to something else */
  async user(): Promise<HeldUser> {
    const user = await this.#findUser();
    if (user === undefined) throw new CanaryFailure("the server does not show the canary user any more");
    return user;
  }

  /** @throws CanaryFailure where it is gone, or the id belongs to something else */
  async team(): Promise<TeamAsRead> {
    const team = await this.#findTeam();
    if (team === undefined) throw new CanaryFailure("the server does not show the canary Team any more");
    return team;
  }

  /** Deletes the user, where it is there; undefined once it is gone or inactive for good. @throws CanaryFailure; AppError */
  async removeUser(): Promise<void> {
    const user = await this.#findUser();
    if (user !== undefined) {
      requireWritten(await this.#writer.deleteUser(user));
      const { userName } = this.names;
      const left = (await this.#writer.readUser(user.scimId)) ?? (await this.#writer.findUser(userName));
      if (left?.active === true) throw new CanaryFailure("the user is still active after it was deleted");
    } else requireNoDoubt(this.#user);
    this.#user = { kind: "removed" };
  }

  /** @throws CanaryFailure; AppError */
  async removeTeam(): Promise<void> {
    const team = await this.#findTeam();
    if (team !== undefined) {
      requireWritten(await this.#writer.deleteTeam(team));
      const { displayName, scimId } = team;
      const left = (await this.#writer.readTeam(scimId)) ?? (await this.#writer.findTeam(displayName));
      if (left !== undefined) {
        throw new CanaryFailure("the Team is still there after it was deleted");
      }
    } else requireNoDoubt(this.#team);
    this.#team = { kind: "removed" };
  }

  /** Removes what is left; gives back the names of what could not be removed, with the reason. */
  async removeAll(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [name, remove] of [
      [this.names.teamName, () => this.removeTeam()],
      [this.names.userName, () => this.removeUser()],
    ] as const) {
      try {
        await remove();
      } catch (error) {
        if (!(error instanceof CanaryFailure) && !(error instanceof AppError)) throw error;
        left.push(`${name} (${error.message.replace(/\.$/, "")})`);
      }
    }
    return left;
  }

  async #findUser(): Promise<HeldUser | undefined> {
    if (this.#user.kind === "not-begun" || this.#user.kind === "removed") return undefined;
    const { userName } = this.names;
    const { scimId } = this.#user;
    const byName = this.#user.kind === "made" ? undefined : await this.#writer.findUser(userName);
    const user = byName ?? (scimId === undefined ? undefined : await this.#writer.readUser(scimId));
    if (user !== undefined) requireName(user.userName, [userName]);
    return user;
  }

  async #findTeam(): Promise<TeamAsRead | undefined> {
    if (this.#team.kind === "not-begun" || this.#team.kind === "removed") return undefined;
    const { teamName, newTeamName } = this.names;
    const { scimId } = this.#team;
    const byName = this.#team.kind === "made" ? undefined : await this.#writer.findTeam(teamName);
    const team = byName ?? (scimId === undefined ? undefined : await this.#writer.readTeam(scimId));
    if (team !== undefined) requireName(team.displayName, [teamName, newTeamName]);
    return team;
  }
}

/** @throws CanaryFailure where it was not written, as far as the answer says */
export function requireWritten(result: WriteResult): void {
  switch (result.kind) {
    case "written":
      return;
    case "gone":
      throw new CanaryFailure("the server says that it is not there");
    case "changed":
      throw new CanaryFailure("the server holds another version than it has just shown (412)");
    case "partly":
    case "refused":
    case "no-answer":
      throw new CanaryFailure(result.message.replace(/\.$/, ""));
  }
}

function askedWith(result: CreateResult): Making {
  switch (result.kind) {
    case "created":
      return {
        kind: "asked",
        scimId: result.scimId,
        doubt: "the server says that it was created, and does not show it",
      };
    case "not-found":
    case "lost":
      return { kind: "asked", doubt: "no usable answer came when it was created, so it may still appear" };
    case "refused":
    case "not-sent":
      return { kind: "asked" };
  }
}

/** @throws CanaryFailure where what is not shown may be there */
function requireNoDoubt(making: Making): void {
  if (making.kind === "asked" && making.doubt !== undefined) throw new CanaryFailure(making.doubt);
}

function madeId(result: CreateResult): string {
  if (result.kind === "created") return result.scimId;
  throw new CanaryFailure(result.message.replace(/\.$/, ""));
}

/** An id that belongs to something else is never written to. */
function requireName(name: string, own: readonly string[]): void {
  if (own.some((one) => foldCase(one) === foldCase(name))) return;
  throw new CanaryFailure(`the id of the canary belongs to ${name}, which was not touched`);
}

function taken(name: string): string {
  return `${name} is there already`;
}
