/** "3:00" of a length in ms; hours are not parted off, as on every speaking clock. */
export function mmss(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
