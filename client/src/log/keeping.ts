/**
 * What is not on the server yet, in this device's storage: an entry for each field, so
 * that two pages of one link do not write over each other's.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { read, write } from "../console/kept.ts";

/** So many entries at most; storage is small and shared by all meetings. */
export const MOST = 400;

export interface Keeping {
  /** What was kept before, by name. What cannot be read any more is left out. */
  readonly found: ReadonlyMap<string, unknown>;
  /** Keeps an entry, or forgets it for null. */
  put(name: string, entry: unknown | null): void;
  /** False once something could not be kept: it is on this page alone. */
  readonly works: ReadonlySignal<boolean>;
}

export function createKeeping(key: string): Keeping {
  const prefix = `${key}:`;
  const names = namesUnder(prefix);
  const found = new Map<string, unknown>();
  const failed = new Set<string>();
  const works = signal(true);
  for (const name of names) {
    const entry = parsed(read(prefix + name));
    if (entry !== null) found.set(name, entry);
  }
  return {
    found,
    works,
    put(name, entry) {
      if (entry === null) {
        if (names.delete(name)) write(prefix + name, null);
        failed.delete(name);
      } else {
        const fits = names.has(name) || names.size < MOST;
        const kept = fits && write(prefix + name, JSON.stringify(entry));
        if (kept) names.add(name);
        if (kept) failed.delete(name);
        else failed.add(name);
      }
      works.value = failed.size === 0;
    },
  };
}

function namesUnder(prefix: string): Set<string> {
  try {
    return new Set(
      Object.keys(localStorage)
        .filter((each) => each.startsWith(prefix))
        .map((each) => each.slice(prefix.length)),
    );
  } catch {
    return new Set();
  }
}

function parsed(text: string | null): unknown | null {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
