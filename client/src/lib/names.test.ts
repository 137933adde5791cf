import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { speak } from "./i18n.ts";
import {
  fold,
  label,
  plate,
  type RosterDelegation,
  roster,
  search,
  spoken,
  type Voice,
} from "./names.ts";

function delegation(
  code: string,
  en: string,
  more: Partial<RosterDelegation> = {},
): RosterDelegation {
  return {
    code,
    tier: "member_state",
    address: "representative_of",
    names: { en },
    sort: { en },
    spoken: en,
    plate: en,
    aliases: [],
    confusable: "",
    ...more,
  };
}

const VOICE: Voice = {
  delegation: null,
  group: null,
  group_text: "",
  kind: "statement",
  label: "",
  person: null,
};

beforeEach(() => {
  const all = [
    delegation("XNM", "Northmarch (Republic of)", {
      spoken: "the Republic of Northmarch",
      aliases: ["NM", "Boreal Republic"],
    }),
    delegation("XTV", "Tavora", { confusable: "tavor" }),
    delegation("XTO", "Tavoria", { confusable: "tavor" }),
    delegation("XSO", "São Brandão", {
      names: { en: "São Brandão", ar: "ساو براندو" },
    }),
    delegation("XEU", "Union of Isles", { address: "eu_observer" }),
    delegation("XIS", "Iskaria"),
  ];
  roster.value = {
    id: "test",
    delegations: Object.fromEntries(all.map((each) => [each.code, each])),
    groups: {
      ISL: {
        code: "ISL",
        names: { en: "Group of Island States" },
        spoken: "the Group of Island States",
        aliases: ["Islands"],
      },
    },
  };
});
afterEach(() => speak("en", null));

const codes = (text: string) => search(text).map((hit) => hit.group ?? hit.code);

it("the chair is named by the office, and the presider beneath", () => {
  const chair = { ...VOICE, kind: "chair" as const, label: "President" };
  expect(label({ ...chair, person: { name: "Ms. A" } })).toEqual({
    main: "The Chair",
    sub: "Ms. A, President",
    person: "",
  });
  expect(label({ ...chair, label: "to be announced" }).sub).toBe("");
});

describe("search", () => {
  it("finds by the beginning of any word, without accents and case", () => {
    expect(codes("republic")).toEqual(["XNM"]);
    expect(codes("SAO bran")).toEqual(["XSO"]);
  });

  it("finds by alias and by code, groups too", () => {
    expect(codes("boreal")).toEqual(["XNM"]);
    expect(search("xnm")[0]).toMatchObject({ code: "XNM", via: "exact", sure: true });
    expect(codes("island")).toContain("ISL");
  });

  it("forgives one letter", () => {
    expect(codes("nortmarch")).toEqual(["XNM"]);
    expect(codes("northamrch")).toEqual(["XNM"]);
    expect(search("nortmarch")[0]?.via).toBe("typo");
    expect(codes("zorthmarch")).toEqual([]);
  });

  it("puts names that begin with it first", () => {
    expect(codes("is")).toEqual(["XIS", "XEU", "ISL"]);
  });

  it("is never sure of confusable names unless they are typed exactly", () => {
    expect(search("tavo").map((hit) => hit.sure)).toEqual([false, false]);
    expect(search("tavora")[0]).toMatchObject({ code: "XTV", sure: true });
    expect(search("northm")[0]?.sure).toBe(true);
  });

  it("searches in the language of the screen and in English", () => {
    speak("ar", null);
    expect(codes("ساو")).toEqual(["XSO"]);
    expect(codes("brandao")).toEqual(["XSO"]);
  });

  it("finds nothing for nothing", () => {
    expect(search("  ")).toEqual([]);
    expect(search("atlantis")).toEqual([]);
  });
});

describe("names", () => {
  it("fall back to English", () => {
    speak("ar", null);
    expect(plate("XSO")).toBe("ساو براندو");
    expect(spoken("XNM")).toBe("the Republic of Northmarch");
  });

  it("compare Arabic letters as people type them", () => {
    expect(fold("أدونارا")).toBe(fold("ادونارا"));
  });
});

describe("label", () => {
  it("names a delegation, and for whom it speaks", () => {
    expect(label({ ...VOICE, delegation: "XTV" })).toMatchObject({ main: "Tavora" });
    expect(label({ ...VOICE, delegation: "XTV", group: "ISL" })).toMatchObject({
      main: "Tavora",
      sub: "on behalf of the Group of Island States",
    });
  });

  it("names the Union with its member States", () => {
    expect(label({ ...VOICE, delegation: "XEU" }).sub).toBe(
      "on behalf of the European Union and its member States",
    );
  });

  it("puts a programme speaker's person and function first, the entity second", () => {
    const voice: Voice = {
      ...VOICE,
      kind: "programme",
      delegation: "XTV",
      label: "Under-Secretary-General",
      person: { name: "Mr. A. Rey", title: "" },
    };
    expect(label(voice)).toEqual({
      main: "Mr. A. Rey",
      sub: "Under-Secretary-General · Tavora",
      person: "",
    });
    expect(label({ ...voice, label: "Minister of Tavora" }).sub).toBe(
      "Minister of Tavora",
    );
  });

  it("keeps a delegate's person beside the delegation", () => {
    const person = { name: "H.E. Ms. B. Lind", title: "Permanent Representative" };
    expect(label({ ...VOICE, delegation: "XTV", person })).toEqual({
      main: "Tavora",
      sub: "",
      person: "H.E. Ms. B. Lind, Permanent Representative",
    });
  });
});

it("whoever speaks in a closed segment is a speaker, and nobody's announcement", () => {
  const voice = { ...VOICE, started_at: 1 } as Voice;
  expect(label(voice).main).toBe("A speaker");
  expect(label(VOICE).main).toBe("to be announced");
});
