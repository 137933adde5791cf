/** What the pad says and does by itself: buzz, keep the screen on, tell the time. */

import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { pending } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { buzz, stayLit } from "../lib/screen.ts";
import type { Store } from "../lib/store.ts";
import { left, serverNow, tick } from "../lib/time.ts";
import { type Standing, standing } from "./standing.ts";

const NEXT_BUZZ = [200, 100, 200];
const FLOOR_BUZZ = [400, 150, 400, 150, 400];
const MINUTE_MS = 60_000;
const HALF_MS = 30_000;

/** Where one stands, renewed with the clock. */
export function standingOf(store: Store): ReadonlySignal<Standing> {
  return computed(() => standing(store, pending.value, tick.value || serverNow()));
}

/** Buzzes at "next" and at the call, and keeps the screen on from being told on. */
export function startCues(at: ReadonlySignal<Standing>): () => void {
  let before = "";
  return effect(() => {
    const now = cue(at.value);
    if (now !== before) {
      if (now === "next") buzz(NEXT_BUZZ);
      if (now === "called") buzz(FLOOR_BUZZ);
    }
    before = now;
    stayLit(now !== "");
  });
}

function cue(at: Standing): "" | "told" | "next" | "called" | "floor" {
  if (at.is === "called") return "called";
  if (at.is === "speaking" || at.is === "held") return "floor";
  if (at.is !== "queued") return "";
  return at.at.next ? "next" : at.at.request.told ? "told" : "";
}

/** What is read out of one's own clock: at 1 minute, 30 seconds and at the end only. */
export function timeCue(at: Standing, now: number): string {
  if (at.is !== "speaking") return "";
  const ms = left(at.floor, now);
  if (ms <= 0) return t("Your time is up.");
  if (ms <= HALF_MS) return t("30 seconds left.");
  return ms <= MINUTE_MS ? t("One minute left.") : "";
}
