import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Exporting, standings } from "./exporting.tsx";

const BOOT = { meeting: "m", link: "k4", lang: "ar" } as never;
const asked: { url: URL; headers: Record<string, string> }[] = [];
let answer: (response: Response) => void = () => {};
const saved: string[] = [];

beforeEach(() => {
  asked.length = 0;
  saved.length = 0;
  standings.value = {};
  URL.createObjectURL = () => "blob:x";
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({
      url: new URL(url, "http://h"),
      headers: init.headers as Record<string, string>,
    });
    return new Promise<Response>((resolve) => {
      answer = resolve;
    });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function file(name: string): Response {
  const headers = { "Content-Disposition": `attachment; filename="${name}"` };
  return new Response("body", { headers });
}

it("asks for the form in the page's language, for what its reader may see", async () => {
  render(<Exporting boot={BOOT} own="record" moderator={false} />);
  fireEvent.click(screen.getByRole("button", { name: "Word" }));
  const [{ url, headers } = { url: null, headers: {} }] = asked;
  expect(url?.pathname).toBe("/api/v1/meetings/m/record");
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    as: "docx",
    lang: "ar",
    for: "record",
  });
  expect(headers).toEqual({ "X-Rostra-Link": "k4" });
  expect(screen.getByRole("progressbar")).toBeTruthy();
  answer(file("m-ar.docx"));
  await screen.findByText("Saved as m-ar.docx");
  expect(saved).toEqual(["m-ar.docx"]);
});

it("takes another language, and less than one may see", () => {
  render(<Exporting boot={BOOT} own="staff" moderator={false} />);
  fireEvent.change(screen.getByLabelText("Language"), { target: { value: "zh" } });
  const reader = screen.getByLabelText("What is in it");
  fireEvent.change(reader, { target: { value: "public" } });
  fireEvent.click(screen.getByRole("button", { name: "The meeting as a timeline" }));
  expect(asked[0]?.url.search).toBe("?as=svg&picture=timeline&lang=zh&for=public");
});

it("says why there is no document, and lets one try again", async () => {
  render(<Exporting boot={BOOT} own="record" moderator={false} />);
  const button = screen.getByRole("button", { name: "PDF" });
  fireEvent.click(button);
  const detail = "Too many documents are being written. Try again in a minute.";
  answer(new Response(JSON.stringify({ detail }), { status: 503 }));
  expect((await screen.findByRole("alert")).textContent).toBe(detail);
  fireEvent.click(button);
  expect(asked).toHaveLength(2);
  answer(file("m.pdf"));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

it("writes one document once, however often it is pressed", () => {
  render(<Exporting boot={BOOT} own="record" moderator={false} />);
  const button = screen.getByRole("button", { name: "PDF" });
  fireEvent.click(button);
  fireEvent.click(button);
  expect(asked).toHaveLength(1);
});

it("goes on when the window is closed", async () => {
  const { unmount } = render(<Exporting boot={BOOT} own="record" moderator={false} />);
  fireEvent.click(screen.getByRole("button", { name: "PDF" }));
  unmount();
  answer(file("m.pdf"));
  await waitFor(() => expect(saved).toEqual(["m.pdf"]));
});

it("offers the signed history to operators only, closed parts when asked for", () => {
  render(<Exporting boot={BOOT} own="record" moderator={false} />);
  expect(screen.queryByRole("button", { name: "Signed history" })).toBeNull();
  cleanup();
  render(<Exporting boot={BOOT} own="staff" moderator />);
  fireEvent.click(screen.getByRole("button", { name: "Signed history" }));
  standings.value = {};
  fireEvent.click(screen.getByLabelText("With names of persons"));
  fireEvent.click(screen.getByRole("button", { name: "Signed history" }));
  expect(asked.map(({ url }) => url.search)).toEqual([
    "?as=jsonl",
    "?as=jsonl&with=personal",
  ]);
});
