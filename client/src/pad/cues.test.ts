import { expect, it } from "vitest";
import { cues } from "./cues.ts";
import type { Standing } from "./standing.ts";

function queued(soon: number | null, told = false, next = false, id = "r1"): Standing {
  return {
    is: "queued",
    at: { request: { id, told }, soon, next },
    also: [],
  } as unknown as Standing;
}

const CALLED = { is: "called" } as Standing;

it("buzzes soon, when told, when next and at the call, more strongly each time", () => {
  const follow = cues();
  const way = [queued(null), queued(5), queued(null, true), queued(null, true, true)];
  const felt = [...way, CALLED].map((at) => follow(at).pattern?.length ?? 0);
  expect(felt).toEqual([0, 1, 1, 3, 5]);
});

it("says soon once for a request, and again for another", () => {
  const follow = cues();
  const felt = [queued(5), queued(4), queued(null), queued(5)].map(
    (at) => follow(at).pattern,
  );
  expect(felt.map(Boolean)).toEqual([true, false, false, false]);
  expect(follow(queued(5, false, false, "r2")).pattern).not.toBeNull();
});

it("keeps the screen on from being told on, not before", () => {
  const follow = cues();
  const lit = [queued(5), queued(null, true), CALLED].map((at) => follow(at).lit);
  expect(lit).toEqual([false, true, true]);
});
