/** What is wrong with a fault as it was written. */

export interface FaultMistake {
  /** The key that it is about; undefined where it is about the fault as a whole. */
  readonly key: string | undefined;
  /** One sentence. */
  readonly message: string;
  /** What to do, in another one. */
  readonly hint: string;
}
