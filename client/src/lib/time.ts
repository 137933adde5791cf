/**
 * The server's time on this device, and the speaking clock reckoned from it.
 *
 * The device's own clock of the day is never asked: it may be days wrong. Only
 * `performance.now()` counts, set against what the server says.
 */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { FloorEntity, Rules } from "./protocol.ts";

export type ClockPhase = "waiting" | "running" | "warning" | "over" | "held";
/** What a clock is reckoned from; a floor has it all. */
export type ClockOf = Pick<
  FloorEntity,
  "phase" | "allotted_ms" | "used_ms" | "running_since" | "warn_ms"
>;

/** One question to the server: what it said, and between which moments here. */
export interface Sample {
  readonly now: number;
  readonly asked: number;
  readonly heard: number;
}

const SECOND = 1000;
const SAMPLES = 5;
/** A sample that is this much further off than it may be tells of a clock that slept. */
const DOUBT_MS = 50;
/** A timer may fire a little before its moment: aim behind it. */
const BEHIND_MS = 1;

let offset = 0;
/** What the clock was last set by. */
let kept: readonly Sample[] = [];
const error = signal<number | null>(null);
const ticked = signal(0);

/** How far the clock may be off, in ms: half the round trip. Null: not measured. */
export const clockError: ReadonlySignal<number | null> = error;

/** The server's time now, in ms since 1970. */
export function serverNow(): number {
  return performance.now() + offset;
}

/** Sets the clock by a single message, until it is measured. */
export function anchor(now: number): void {
  offset = now - performance.now();
  ticked.value = now;
}

/** Sets the clock by measurements: the median of what they say. */
export function setClock(samples: readonly Sample[]): void {
  if (samples.length === 0) return;
  kept = samples;
  offset = median(samples.map(offsetOf));
  error.value = median(samples.map(roundTrip)) / 2;
  ticked.value = serverNow();
}

/** Asks the server's time several times and sets the clock; returns the round trip. */
export async function measure(ask: () => Promise<number>): Promise<number> {
  const samples: Sample[] = [];
  while (samples.length < SAMPLES) samples.push(await sampled(ask));
  setClock(samples);
  return median(samples.map(roundTrip));
}

/**
 * Asks once, to keep the clock right; several times where the answer contradicts it.
 * Returns the round trip.
 */
export async function remeasure(ask: () => Promise<number>): Promise<number> {
  const fresh = await sampled(ask);
  const doubt = roundTrip(fresh) / 2 + (error.value ?? 0) + DOUBT_MS;
  if (Math.abs(offsetOf(fresh) - offset) > doubt) return measure(ask);
  setClock([...kept.slice(1 - SAMPLES), fresh]);
  return roundTrip(fresh);
}

async function sampled(ask: () => Promise<number>): Promise<Sample> {
  const asked = performance.now();
  const now = await ask();
  return { now, asked, heard: performance.now() };
}

function offsetOf({ now, asked, heard }: Sample): number {
  return now + (heard - asked) / 2 - heard;
}

function roundTrip({ asked, heard }: Sample): number {
  return heard - asked;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

// The clock of an intervention

/** Milliseconds left of the time allotted; below zero when it is over. */
export function left(floor: ClockOf, now: number): number {
  const running = floor.running_since === null ? 0 : now - floor.running_since;
  return floor.allotted_ms - floor.used_ms - running;
}

/**
 * Where the clock stands. `_rules` does not change the phase: under "soft" the phase is
 * still "over", and it is the parts (Sign, Clock, Track) that then show no red.
 */
export function clockPhase(floor: ClockOf, _rules: Rules, now: number): ClockPhase {
  if (floor.phase === "called") return "waiting";
  if (floor.phase === "paused" || floor.running_since === null) return "held";
  const ms = left(floor, now);
  if (ms <= 0) return "over";
  return ms <= floor.warn_ms ? "warning" : "running";
}

/** "3:00" of a length in ms. */
export function mmss(ms: number): string {
  return clockText(Math.round(ms / SECOND));
}

/** Time left as digits: rounded up, so that 0:00 appears exactly at the end. */
export function leftText(ms: number): string {
  return clockText(Math.max(0, Math.ceil(ms / SECOND)));
}

/** Time left, and beyond the end what it is over: "+0:24". */
export function countText(ms: number): string {
  return ms > -SECOND ? leftText(ms) : `+${clockText(Math.floor(-ms / SECOND))}`;
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// The tick

/**
 * The server's time, renewed exactly when a digit changes: of the clock that runs, or
 * of the clock on the wall.
 */
export const tick: ReadonlySignal<number> = ticked;

/** Milliseconds from `now` to the next change of a digit. */
export function nextChange(floor: ClockOf | null, now: number): number {
  const onWall = SECOND - modulo(now, SECOND);
  if (floor === null || floor.running_since === null) return onWall;
  return Math.min(onWall, modulo(left(floor, now), SECOND) || SECOND);
}

/** Keeps `tick` going by the clock of `floor`. Returns how to stop. */
export function startTicking(floor: ReadonlySignal<ClockOf | null>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = () => {
    clearTimeout(timer);
    timer = setTimeout(beat, nextChange(floor.peek(), serverNow()) + BEHIND_MS);
  };
  const beat = () => {
    ticked.value = serverNow();
    arm();
  };
  const stop = effect(() => {
    floor.value;
    error.value;
    queueMicrotask(beat);
  });
  const woken = () => document.visibilityState === "visible" && beat();
  document.addEventListener("visibilitychange", woken);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", woken);
  };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
