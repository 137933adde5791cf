/** A small choice that this device remembers, where it can. */
import { effect, type Signal, signal } from "@preact/signals";

export function kept<T extends string>(
  key: string,
  otherwise: T,
  is: (text: string) => text is T,
): Signal<T> {
  const found = read(key);
  const choice = signal<T>(found !== null && is(found) ? found : otherwise);
  effect(() => {
    write(key, choice.value);
  });
  return choice;
}

/** What is kept under `key`; null where there is nothing or no storage. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps `text`, or forgets the key for null. Whether it could be kept. */
export function write(key: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
