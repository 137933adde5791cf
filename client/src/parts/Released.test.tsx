import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { aConclusion, storeOf } from "../lib/scene.fixture.ts";
import { Released } from "./Released.tsx";

afterEach(cleanup);

it("is nothing while nothing is released", () => {
  render(<Released store={storeOf({ conclusions: [aConclusion("c1")] })} />);
  expect(document.body.textContent).toBe("");
});

it("lists what everyone may read, under its question", () => {
  const { released: _, ...seen } = aConclusion("c1", { text: "Train.", question: 1 });
  const conclusions = [seen, aConclusion("c2", { text: "A draft." })];
  const meeting = { questions: ["What is needed?"] };
  render(<Released store={storeOf({ meeting, conclusions })} />);
  expect(screen.getByText("Train.")).toBeTruthy();
  expect(screen.getByText("What is needed?")).toBeTruthy();
  expect(screen.queryByText("A draft.")).toBeNull();
});
