import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { anIntervention, NOW } from "../console/scene.fixture.ts";
import { storeOf } from "../lib/scene.fixture.ts";
import { anchor } from "../lib/time.ts";
import { CorrectForm, correctionOf } from "./CorrectForm.tsx";
import { Corrections } from "./Corrections.tsx";

const ROW = anIntervention("i1.0", 1, {
  delegation: "XAD",
  kind: "statement",
  person: { name: "Ms. Ola Ven", title: "" },
});
const AS_IT_READS = { name: "Ms. Ola Ven", title: "", group: "", typed: "", text: "" };

beforeEach(() => anchor(NOW));
afterEach(cleanup);

it("proposes a name or a group only where that was changed", () => {
  const file = (over: object) =>
    correctionOf(ROW, { ...AS_IT_READS, text: "x", ...over });
  expect(file({})).toEqual({ intervention: "i1.0", text: "x" });
  expect(file({ name: "Ms. Ola Venn " })).toEqual({
    intervention: "i1.0",
    text: "x",
    person: { name: "Ms. Ola Venn", title: "" },
  });
  expect(file({ group: "?", typed: "Island States" })).toMatchObject({
    capacity: { group: null, group_text: "Island States" },
  });
});

function form(meeting: object) {
  const store = storeOf({ meeting, delegation: "XAD", rows: [ROW] });
  render(<CorrectForm store={store} target={null} done={() => {}} />);
}

it("takes no correction after the meeting before the secretariat says until when", () => {
  form({ state: "rose", corrections_until: null });
  expect(screen.getByText("Corrections are not taken at the moment.")).toBeTruthy();
  cleanup();
  form({ state: "rose", corrections_until: NOW + 60_000 });
  expect(screen.getByLabelText<HTMLInputElement>("Name of the speaker").value).toBe(
    "Ms. Ola Ven",
  );
});

it("shows until when, and what became of each that was filed", () => {
  const filed = (id: string, settled: string | null, answer = "") => ({
    id,
    intervention: "i1.0",
    text: `Text ${id}`,
    at: NOW,
    proposed: null,
    settled,
    answer,
  });
  const store = storeOf({
    meeting: { state: "rose", corrections_until: NOW + 60_000 },
    delegation: "XAD",
    mine: {
      corrections: [
        filed("n1", null),
        filed("n2", "accepted"),
        filed("n3", "declined", "Heard otherwise"),
      ] as never,
    },
  });
  render(<Corrections store={store} onCorrect={() => {}} />);
  expect(screen.getByRole("button", { name: "Correct what we said" })).toBeTruthy();
  for (const words of [
    "Correction with the secretariat",
    "Correction accepted",
    "Correction declined: Heard otherwise",
  ]) {
    expect(screen.getByText(words)).toBeTruthy();
  }
});
