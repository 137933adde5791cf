import { describe, expect, it } from "vitest";
import { reportNames } from "./report.ts";
import { csvLine } from "./saveFile.ts";

describe("the report of a video platform", () => {
  it("gives the names of the column that is headed so, each once", () => {
    const text = [
      "Name (Original Name),User Email,Join Time,Duration (Minutes)",
      '"Kenya - Amb. Wanjiru, N.",ken@example.org,11:58,91',
      "Japan,jp@example.org,12:01,88",
      "Japan,jp@example.org,12:40,49",
    ].join("\r\n");
    expect(reportNames(text)).toEqual(["Kenya - Amb. Wanjiru, N.", "Japan"]);
  });

  it("leaves what stands over the table, and other columns with names", () => {
    const text = [
      "Meeting summary;;",
      "User name;Full name;Role",
      "ke1;Kenya;Presenter",
      "br7;Brazil;Attendee",
    ].join("\n");
    expect(reportNames(text)).toEqual(["Kenya", "Brazil"]);
  });

  it("takes a plain list, one name a line", () => {
    expect(reportNames("Kenya\n\nJapan\n")).toEqual(["Kenya", "Japan"]);
    expect(reportNames("")).toEqual([]);
  });

  it("reads quotes within quotes, and tabs", () => {
    expect(reportNames('Participant\tTime\n"The ""Holy"" See"\t11:00')).toEqual([
      'The "Holy" See',
    ]);
  });
});

describe("a line of CSV", () => {
  it("quotes what must be, and lets no spreadsheet calculate", () => {
    expect(csvLine(["Congo", 'a "b", c', "=1+1"])).toBe(`Congo,"a ""b"", c",'=1+1`);
  });
});
