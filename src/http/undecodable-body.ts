/** The error for bytes that are not the body of an answer. */

/** Why the bytes are not the body: one clause for people that follows the server's name. */
export class UndecodableBody extends Error {
  override readonly name = "UndecodableBody";
}
