/** Flags that say how a live directory is reached. */

export interface ProviderFlags {
  readonly oktaUrl?: string;
  /** Label or id. */
  readonly oktaApp?: string;
  /** Id or domain. */
  readonly entraTenant?: string;
  /** Name or object id. */
  readonly entraApp?: string;
  /** Id of the synchronization job. */
  readonly entraJob?: string;
  readonly entraCloud?: string;
}
