import { describe, expect, it } from "vitest";
import { eventReader } from "./eventStream.ts";

const TEXT =
  'event: welcome\nid: e.5.c\ndata: {"a":"\u00e9"}\n\n: ping\n\nevent: delta\ndata: {}\n\n';

function readBy(size: number): [string, string][] {
  const got: [string, string][] = [];
  const read = eventReader((name, data) => got.push([name, data]));
  for (let at = 0; at < TEXT.length; at += size) read(TEXT.slice(at, at + size));
  return got;
}

describe("the reader of a stream", () => {
  it.each([1, 2, 7, 1_000])("tells whole events, whatever the pieces: %i", (size) => {
    expect(readBy(size)).toEqual([
      ["welcome", '{"a":"\u00e9"}'],
      ["delta", "{}"],
    ]);
  });

  it("does not tell what has not ended", () => {
    const got: string[] = [];
    eventReader((name) => got.push(name))("event: delta\ndata: {}\n");
    expect(got).toEqual([]);
  });

  it("reads lines that a proxy ended in its own way", () => {
    const got: string[] = [];
    eventReader((name) => got.push(name))("event: delta\r\ndata: {}\r\n\r\n");
    expect(got).toEqual(["delta"]);
  });
});
