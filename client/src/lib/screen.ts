/** What a device can do to be noticed: stay lit, buzz. Missing on some; never needed. */

/** Whether this browser can keep the screen on (not on plain http). */
export function canStayLit(): boolean {
  return "wakeLock" in navigator;
}

let held: WakeLockSentinel | null = null;
let wanted = false;

/** Keeps the screen on, or lets it sleep again. */
export function stayLit(on: boolean): void {
  if (on === wanted) return;
  wanted = on;
  if (on) void hold();
  else {
    void held?.release().catch(() => undefined);
    held = null;
  }
}

async function hold(): Promise<void> {
  if (!canStayLit() || document.visibilityState === "hidden") return;
  try {
    held = await navigator.wakeLock.request("screen");
  } catch {
    held = null;
  }
}

// The browser lets go whenever the page is hidden.
document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") void hold();
});

/** Buzzes where a device can: a phone in a pocket or on a table. */
export function buzz(pattern: number[]): void {
  // Before the first tap browsers refuse, and complain.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}
