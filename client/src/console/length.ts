/** "3:00" of a length in ms; hours are not parted off, as on every speaking clock. */
export function mmss(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Seconds of a length as one types it, "2:30" or "2"; null for anything else. */
export function lengthOf(text: string): number | null {
  const [, minutes, seconds = "0"] =
    /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? [];
  if (minutes === undefined) return null;
  const total = Number(minutes) * 60 + Number(seconds);
  return Number(seconds) < 60 && total >= 5 ? total : null;
}
