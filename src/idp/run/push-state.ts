/** What a provider's console shows of a group that it pushes (Okta: Push Groups). */

export interface PushState {
  /** The name of the provider's group when it was last looked at. */
  readonly group: string;
  /** The name of the Team, as last pushed. */
  readonly team: string;
  /** `INACTIVE`: deactivated, so that changes are not sent. `ERROR`: the last push failed, and nothing more is sent. */
  readonly status: "ACTIVE" | "INACTIVE" | "ERROR";
  /** As last pushed. */
  readonly members: number;
}
