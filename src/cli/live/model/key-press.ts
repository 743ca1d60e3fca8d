/** A key as it was pressed. */

export interface KeyPress {
  /** As `node:readline` names it: `up`, `return`, `c`; undefined for characters without a name. */
  readonly name: string | undefined;
  /** What the terminal sent. */
  readonly sequence: string;
  readonly ctrl: boolean;
}

/** The name of what is not just a character, `ctrl-c` with the modifier; else the character itself. */
export function keyName({ name, sequence, ctrl }: KeyPress): string {
  if (ctrl) return `ctrl-${name ?? sequence}`;
  return isCharacter(sequence) ? sequence : (name ?? sequence);
}

/** Whether it is text that can be typed: one character, of however many code points. */
export function isCharacter(sequence: string): boolean {
  return sequence !== "" && !/\p{Cc}/u.test(sequence);
}
