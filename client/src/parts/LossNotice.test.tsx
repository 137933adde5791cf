import { act, fireEvent, render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { aWelcome } from "../lib/frames.fixture.ts";
import { noteLoss } from "../lib/losses.ts";
import { LossNotice } from "./LossNotice.tsx";

it("is read out when it comes, and put away by hand", () => {
  render(<LossNotice />);
  const place = screen.getByRole("status");
  expect(place.textContent).toBe("");
  act(() => {
    noteLoss(
      aWelcome({
        epoch: "f",
        reason: "epoch",
        lost: { after: 40, until: 43 },
        not_kept: ["a"],
      }),
      {
        accepted: (id) => ({
          id,
          type: "request_floor",
          fields: { kind: "statement" },
          since: 0,
        }),
        isPending: () => false,
      },
    );
  });
  expect(place.textContent).toContain("entries 41 to 43 are gone");
  expect(place.textContent).toContain("Your request for the floor was not kept.");
  fireEvent.click(screen.getByText("Understood"));
  expect(place.textContent).toBe("");
});
