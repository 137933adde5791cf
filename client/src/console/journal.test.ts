import { describe, expect, it } from "vitest";
import { journal, listText, type Spoken } from "./journal.ts";

function state(name: string, group = ""): Spoken {
  return { name, address: "representative_of", state: true, group, person: null };
}

function other(name: string, address: string): Spoken {
  return { name, address, state: false, group: "", person: null };
}

describe("the Journal's sentence", () => {
  it("names representatives in the order of speaking, each once", () => {
    expect(
      journal([
        state("Adunara"),
        state("Aelindra"),
        state("Adunara"),
        state("Altavera"),
      ]),
    ).toBe(
      "Statements were made by the representatives of Adunara, Aelindra and Altavera.",
    );
  });

  it("has a singular", () => {
    expect(journal([state("Adunara")])).toBe(
      "A statement was made by the representative of Adunara.",
    );
  });

  it("says on whose behalf", () => {
    expect(journal([state("Adunara", "the Western League"), state("Adunara")])).toBe(
      "Statements were made by the representatives of Adunara (on behalf of the Western League) and Adunara.",
    );
  });

  it("groups by form of address, never by code", () => {
    const text = journal([
      other("the Relief Fund", "representative_of"),
      other("the Union", "eu_observer"),
      state("Adunara"),
      other("the Old See", "observer_of"),
      other("the Police Office", "observer_for"),
    ]);
    expect(text).toBe(
      "A statement was made by the representative of Adunara. " +
        "A statement was made by the observer of the Old See. " +
        "A statement was made by the observer for the Police Office. " +
        "A statement was made by the representative of the Union, in its capacity as observer. " +
        "A statement was also made by the representative of the Relief Fund.",
    );
  });

  it("names programme speakers with their function, parted by semicolons", () => {
    const person = (name: string, title: string): Spoken => ({
      ...state(""),
      person: { name, title },
    });
    expect(journal([person("Ms. A", "Head, Office"), person("Mr. B", "Expert")])).toBe(
      "Statements were made by Ms. A, Head, Office; and Mr. B, Expert.",
    );
  });

  it("is empty when nobody spoke", () => {
    expect(journal([])).toBe("");
  });
});

it("the list as text counts from 1", () => {
  expect(
    listText(
      "Discussion",
      [
        { name: "Adunara", group: "" },
        { name: "Aelindra", group: "the Western League" },
      ],
      "12:15",
    ),
  ).toBe(
    "Discussion, list of speakers at 12:15\n1. Adunara\n2. Aelindra (on behalf of the Western League)",
  );
});
