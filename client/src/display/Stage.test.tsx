import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { NOW } from "../console/scene.fixture.ts";
import { aConclusion, storeOf } from "../lib/scene.fixture.ts";
import { anchor } from "../lib/time.ts";
import { Stage, staged } from "./Stage.tsx";

afterEach(cleanup);

it("stands there while operators show it, not after the record is closed", () => {
  const conclusions = [aConclusion("c1", { released: true })];
  const of = (over: object) => staged(storeOf({ meeting: over, conclusions }));
  expect(of({ conclusion_shown: "c1" })?.id).toBe("c1");
  expect(of({ conclusion_shown: null })).toBeNull();
  expect(of({ conclusion_shown: "c1", state: "archived" })).toBeNull();
});

it("says what it answers, and shows one page of what is long", () => {
  anchor(NOW);
  const text = "A sentence of the conclusion that is long enough. ".repeat(12);
  const conclusion = aConclusion("c1", { question: 1, text });
  const store = storeOf({ meeting: { questions: ["What is needed?"] } });
  render(<Stage store={store} conclusion={conclusion} />);
  expect(screen.getByText("What is needed?")).toBeTruthy();
  expect(screen.getByText(/^\d of 3$/)).toBeTruthy();
  expect(document.body.textContent?.length).toBeLessThan(text.length);
});
