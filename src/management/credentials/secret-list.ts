/** The secrets that an authorizer has used. */

/** Secrets as they become known; another list with each. */
export class SecretList {
  list: readonly string[] = [];
  readonly #onSecret: (secret: string) => void;

  constructor(onSecret: (secret: string) => void) {
    this.#onSecret = onSecret;
  }

  add(secret: string): void {
    if (this.list.includes(secret)) return;
    this.list = [...this.list, secret];
    this.#onSecret(secret);
  }
}
