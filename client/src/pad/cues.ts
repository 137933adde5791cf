/** What the pad says and does by itself: buzz, keep the screen on, tell the time. */

import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { pending } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { buzz, stayLit } from "../lib/screen.ts";
import type { Store } from "../lib/store.ts";
import { left, serverNow, tick } from "../lib/time.ts";
import { type Standing, standing } from "./standing.ts";

const GENTLE_BUZZ = [150];
const NEXT_BUZZ = [200, 100, 200];
const FLOOR_BUZZ = [400, 150, 400, 150, 400];
const MINUTE_MS = 60_000;
const HALF_MS = 30_000;

/** Where one stands, renewed with the clock. */
export function standingOf(store: Store): ReadonlySignal<Standing> {
  return computed(() => standing(store, pending.value, tick.value || serverNow()));
}

/** Buzzes as one's turn comes near, and keeps the screen on from being told on. */
export function startCues(at: ReadonlySignal<Standing>): () => void {
  const follow = cues();
  return effect(() => {
    const { pattern, lit } = follow(at.value);
    if (pattern) buzz(pattern);
    stayLit(lit);
  });
}

type Cue = "" | "soon" | "told" | "next" | "called" | "floor";

const BUZZ: Readonly<Partial<Record<Cue, number[]>>> = {
  soon: GENTLE_BUZZ,
  told: GENTLE_BUZZ,
  next: NEXT_BUZZ,
  called: FLOOR_BUZZ,
};

/** "Soon" comes once for a request, however the list goes to and fro. */
export function cues(): (at: Standing) => { pattern: number[] | null; lit: boolean } {
  const given = new Set<string>();
  let before: Cue = "";
  return (at) => {
    const now = cue(at);
    let news = now !== before;
    before = now;
    if (now === "soon" && at.is === "queued") {
      const { id } = at.at.request;
      news = !given.has(id);
      given.add(id);
    }
    const pattern = news ? (BUZZ[now] ?? null) : null;
    return { pattern, lit: now !== "" && now !== "soon" };
  };
}

function cue(at: Standing): Cue {
  if (at.is === "called") return "called";
  if (at.is === "speaking" || at.is === "held") return "floor";
  if (at.is !== "queued") return "";
  if (at.at.next) return "next";
  if (at.at.request.told) return "told";
  return at.at.soon === null ? "" : "soon";
}

/** What is read out of one's own clock: at 1 minute, 30 seconds and at the end only. */
export function timeCue(at: Standing, now: number): string {
  if (at.is !== "speaking") return "";
  const ms = left(at.floor, now);
  if (ms <= 0) return t("Your time is up.");
  if (ms <= HALF_MS) return t("30 seconds left.");
  return ms <= MINUTE_MS ? t("One minute left.") : "";
}
