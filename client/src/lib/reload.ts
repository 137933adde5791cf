/** A new build is served: reload, but once per build and when it disturbs nobody. */

const KEY = "rostra-reloaded-for";
const LOOK_MS = 2_000;

let looking: ReturnType<typeof setInterval> | undefined;

/** Reloads for `build` as soon as `safe` says so; without it when nobody looks. */
export function mayReload(build: string, safe?: () => boolean): void {
  if (looking !== undefined || wasFor(build)) return;
  looking = setInterval(() => {
    if (document.visibilityState === "hidden" || safe?.()) reloadOnce(build);
  }, LOOK_MS);
}

/** Reloads, unless this tab did so for `build` before or cannot remember. */
export function reloadOnce(build: string): void {
  if (wasFor(build)) return;
  try {
    sessionStorage.setItem(KEY, build);
  } catch {
    return;
  }
  location.reload();
}

function wasFor(build: string): boolean {
  try {
    return sessionStorage.getItem(KEY) === build;
  } catch {
    return true;
  }
}
