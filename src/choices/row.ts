/** A question with a closed set of answers: what the table of behaviour and the tables of fidelity are made of. */

/** One of some named answers. */
export interface NamedAnswers<Value extends string = string> {
  readonly kind: "choice";
  /** What each answer means, in a few words. */
  readonly values: Readonly<Record<Value, string>>;
  readonly default: Value;
}

/** A whole number. */
export interface CountAnswers {
  readonly kind: "count";
  readonly least: number;
  readonly most: number;
  readonly default: number;
}

/** Questions by name. */
export type AnswerTable = Readonly<Record<string, NamedAnswers | CountAnswers>>;

/** One answer for every question of a table. */
export type AnswersTo<Table extends AnswerTable> = {
  readonly [Name in keyof Table]: Table[Name] extends NamedAnswers<infer Value> ? Value : number;
};
