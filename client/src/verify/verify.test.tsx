import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { readBoot } from "../lib/boot.ts";
import { exportedLines, KEY, OTHER_KEY } from "./exported.fixture.ts";
import { type ProofBoot, Verify } from "./Verify.tsx";

function open(more: Partial<ProofBoot> = {}): HTMLInputElement {
  const { container } = render(<Verify boot={{ ...readBoot(document), ...more }} />);
  return container.querySelector("input[type=file]") as HTMLInputElement;
}

function choose(input: HTMLInputElement, lines: readonly string[], name = "a.jsonl") {
  const file = new File([lines.join("")], name);
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  fireEvent.change(input);
}

it("says of a file that it is intact, and with which key it was signed", async () => {
  choose(open(), exportedLines());
  await screen.findByRole("heading", { name: "Intact" });
  screen.getByText("All 3 commits of harbour are as they were signed.");
  screen.getByText("The personal parts of 2 commits were erased before the export.");
  screen.getByText(KEY);
  screen.getByText(/Whose key it is, the file cannot say/);
});

it("knows the key of its own server", async () => {
  choose(open({ recordKey: KEY }), exportedLines());
  await screen.findByText("It is the key of the server that this page came from.");
});

it("says where a file is wrong, and why", async () => {
  const [one = "", , three = "", head = ""] = exportedLines();
  choose(open(), [one, three, head]);
  await screen.findByRole("heading", { name: "Not intact" });
  screen.getByText("From line 2 on, this file is not what was signed.");
  screen.getByText(/there is commit 3 of harbour: something was left out/);
});

it("looks again when a key is given", async () => {
  choose(open(), exportedLines());
  await screen.findByRole("heading", { name: "Intact" });
  const field = screen.getByLabelText(/^Public key/);
  fireEvent.input(field, { target: { value: "12" } });
  screen.getByText("A public key has 64 digits, 0 to 9 and a to f.");
  expect(screen.queryByRole("heading", { name: "Intact" })).toBeNull();
  fireEvent.input(field, { target: { value: OTHER_KEY } });
  await screen.findByText(`It was signed with another key: ${KEY}`);
  fireEvent.input(field, { target: { value: KEY.match(/.{8}/g)?.join(" ") } });
  await screen.findByText("It is the key that you gave.");
});

it("offers itself as a file, unless it is one", () => {
  open();
  expect(screen.getByRole("link").getAttribute("href")).toBe("/verify.html?lang=en");
});

it("offers nothing to load where it was saved", () => {
  open({ saved: true });
  expect(screen.queryByRole("link")).toBeNull();
});

it("says what is no record", async () => {
  choose(open(), ["number,name\n"], "log.csv");
  await screen.findByText("This file is no export of commits.");
});
