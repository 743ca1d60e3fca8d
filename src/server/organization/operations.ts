/**
 * The operations on an organization that SCIM has. Each is one transaction, in which the rules judge the change and what
 * follows is committed. The rules themselves are pure, and beside this file.
 */

import type { Rows } from "../store/rows.ts";
import type { Operations } from "./outcome.ts";
import { Writer, type WriterOptions } from "./writer.ts";

export interface OperationsOptions extends WriterOptions {
  readonly rows: Rows;
}

export function createOperations(options: OperationsOptions): Operations {
  const inTransaction = <Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> =>
    options.rows.transaction((rows) => work(new Writer(rows, options)));
  return {
    create: (type, resource, reading) => inTransaction((writer) => writer.create(type, resource, reading)),
    replace: (type, id, replacement, writing) =>
      inTransaction((writer) => writer.replace(type, id, replacement, writing)),
    edit: (type, id, editing) => inTransaction((writer) => writer.edit(type, id, editing)),
    remove: (type, id, precondition) => inTransaction((writer) => writer.remove(type, id, precondition)),
  };
}
