import { beforeEach, expect, it } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { rosterOf } from "../lib/scene.fixture.ts";
import { prose, proseText } from "./prose.ts";
import { rowsOf } from "./rows.ts";

beforeEach(() =>
  rosterOf({ XAD: "Adunara", XAE: "Aelindra", XAL: "Altavera", XAH: "Ardenholm" }),
);

function text(...rows: InterventionEntity[]): string {
  const all = new Map(rows.map((each) => [each.id, each]));
  const sections = prose(
    rowsOf(all, new Map(), []),
    (row) =>
      ({ right_of_reply: "Replies", chair: "" })[row.voice.kind as string] ?? "Debate",
  );
  return proseText(sections);
}

it("tells an intervention, the point of order inside it, and the ruling", () => {
  expect(
    text(
      anIntervention("i1.0", 1, { delegation: "XAD" }),
      anIntervention("i3.0", 2, {
        delegation: "XAH",
        kind: "point_of_order",
        over: "i2.0",
        ruling: "not_upheld",
        appeal: "ruling_stands",
      }),
      anIntervention("i2.0", 3, { delegation: "XAE" }),
      anIntervention("i4.0", 4, { delegation: "XAL" }),
    ),
  ).toBe(
    [
      "Debate",
      "Statements were made by the representatives of Adunara and Aelindra.",
      "The representative of Ardenholm spoke on a point of order.",
      "The Chair did not uphold the point of order.",
      "The ruling was appealed against and stands.",
      "A statement was made by the representative of Altavera.",
    ].join("\n"),
  );
});

it("tells replies in their rounds, under a heading of their own", () => {
  const reply = (id: string, n: number, delegation: string, turn: number) =>
    anIntervention(id, n, { delegation, turn, kind: "right_of_reply" });
  expect(
    text(
      anIntervention("i1.0", 1, { delegation: "XAD" }),
      reply("i2.0", 2, "XAE", 1),
      reply("i3.0", 3, "XAD", 1),
      reply("i4.0", 4, "XAE", 2),
    ),
  ).toBe(
    [
      "Debate",
      "A statement was made by the representative of Adunara.",
      "",
      "Replies",
      "The representatives of Aelindra and Adunara spoke in exercise of the right of reply.",
      "The representative of Aelindra spoke a second time in exercise of the right of reply.",
    ].join("\n"),
  );
});

it("tells motions, who spoke for and against, and what became of them", () => {
  const motion = (id: string, n: number, more: Partial<InterventionEntity>) =>
    anIntervention(id, n, {
      kind: "procedural_motion",
      motion: "close_debate",
      ...more,
    });
  expect(
    text(
      motion("i1.0", 1, { delegation: "XAD", ruling: "carried" }),
      motion("i2.0", 2, { delegation: "XAE", side: "against" }),
    ),
  ).toBe(
    [
      "Debate",
      "The representative of Adunara moved to close the debate.",
      "The motion was carried.",
      "The representative of Aelindra spoke against the motion.",
    ].join("\n"),
  );
});

it("leaves the chair's remarks under the heading in which they were made", () => {
  expect(
    text(
      anIntervention("i1.0", 1, { delegation: "XAE", turn: 1, kind: "right_of_reply" }),
      anIntervention("i2.0", 2, { delegation: null, kind: "chair" }),
    ),
  ).toBe(
    [
      "Replies",
      "The representative of Aelindra spoke in exercise of the right of reply.",
      "The Chair made a statement.",
    ].join("\n"),
  );
});
