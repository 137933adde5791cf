/** What fits on the display: its height is a budget, and names are never cut. */

/** Names of more letters stand in the smaller of the two sizes. */
export const NAME_IS_LONG = 12;

const LINES = 4;
const ENTRIES = 3;
const LETTERS_A_LINE = 26;

/** How many of the next names fit: three, in four lines; those left out are counted. */
export function nextShown(names: readonly string[]): number {
  let lines = 0;
  let shown = 0;
  for (const name of names.slice(0, ENTRIES)) {
    lines += Math.max(1, Math.ceil(name.length / LETTERS_A_LINE));
    if (lines > LINES) break;
    shown += 1;
  }
  return shown;
}
