/** Where the .NET code behind an Entra function would throw, and where its syntax has no counterpart here. */

/** One sentence for people. The evaluator adds which function or clause it was. */
export class DotnetError extends Error {
  override readonly name = "DotnetError";
}
