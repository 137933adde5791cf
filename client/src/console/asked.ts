/** Something asked of the server while a window is open: the newest question wins. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiFailure } from "./api.ts";

/** Lets somebody go on typing or choosing before the server is asked. */
const PATIENCE_MS = 200;

export interface Asked<T> {
  readonly answer: Signal<T | null>;
  readonly trouble: Signal<string>;
}

/** Asks anew whenever `key` changes; the last answer stands until the next is there. */
export function useAsked<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const answer = useSignal<T | null>(null);
  const trouble = useSignal("");
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      ask().then(
        (found) => {
          if (!wanted) return;
          answer.value = found;
          trouble.value = "";
        },
        (error: unknown) => {
          if (!wanted) return;
          trouble.value = error instanceof ApiFailure ? error.message : String(error);
        },
      );
    }, PATIENCE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return { answer, trouble };
}
