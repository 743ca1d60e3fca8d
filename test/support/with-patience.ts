/** Time limits that are short enough for a test and long enough for the machine. */

/**
 * Does it with a limit of 200 ms, and with longer ones until `isLongEnough`: what comes before the limit is over may
 * take longer on a slow machine. Gives back the last outcome, whatever it is.
 */
export async function withPatience<Outcome>(
  act: (timeoutMs: number) => Promise<Outcome>,
  isLongEnough: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  let outcome = await act(200);
  for (let timeoutMs = 1_000; timeoutMs <= 25_000 && !isLongEnough(outcome); timeoutMs *= 5) {
    outcome = await act(timeoutMs);
  }
  return outcome;
}
