import { render } from "@testing-library/preact";
import { h } from "preact";
import { afterEach, describe, expect, it } from "vitest";
import { city, day, speak, t, time, tn, tx, wall } from "./i18n.ts";
import { pluralRule } from "./plural.ts";

const ARABIC =
  "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";

afterEach(() => speak("en", null));

describe("plural rules", () => {
  it("reads English", () => {
    const rule = pluralRule("nplurals=2; plural=(n != 1);");
    expect([0, 1, 2, 11].map(rule)).toEqual([1, 0, 1, 1]);
  });

  it("reads Arabic with its six forms", () => {
    const rule = pluralRule(ARABIC);
    const numbers = [0, 1, 2, 3, 10, 11, 99, 100, 101, 103, 111];
    expect(numbers.map(rule)).toEqual([0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]);
  });

  it("reads Russian, with its precedence", () => {
    const rule = pluralRule(
      "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    );
    expect([1, 2, 5, 11, 12, 21, 22, 25, 112].map(rule)).toEqual([
      0, 1, 2, 2, 2, 0, 1, 2, 2,
    ]);
  });

  it.each(["plural=(n", "plural=alert(1)", "plural=n n", "plural=(1 +)"])(
    "does not take %s",
    (header) => {
      expect(() => pluralRule(header)).toThrow(SyntaxError);
    },
  );
});

describe("sentences", () => {
  it("are English where nothing else is known", () => {
    expect(t("The list closed at {time}", { time: "12:30" })).toBe(
      "The list closed at 12:30",
    );
    expect(tn("{n} device", "{n} devices", 1)).toBe("1 device");
    expect(tn("{n} device", "{n} devices", 2)).toBe("2 devices");
  });

  it("come from the catalogue, and stay English where it has nothing", () => {
    speak("ar", {
      plural: ARABIC,
      messages: {
        Next: "التالي",
        "{n} device": ["0", "1", "2", "{n} أجهزة", "4", "5"],
      },
    });
    expect(t("Next")).toBe("التالي");
    expect(t("Held")).toBe("Held");
    expect(tn("{n} device", "{n} devices", 3)).toBe("3 أجهزة");
  });

  it("leave holes without a value alone", () => {
    expect(t("I thank {name}", {})).toBe("I thank {name}");
  });

  it("take elements, in the order of the other language", () => {
    speak("ar", { plural: ARABIC, messages: { "You are {place}": "{place} ترتيبكم" } });
    const view = tx("You are {place}", { place: h("b", null, "4") });
    expect(render(view).container.innerHTML).toBe("<b>4</b> ترتيبكم");
  });
});

describe("dates", () => {
  const at = Date.UTC(2020, 6, 10, 15, 30, 7);

  it("are those of the meeting's zone, in 24 hours", () => {
    expect(time(at, "America/New_York")).toBe("11:30");
    expect(wall(at, "Europe/Berlin")).toBe("17:30:07");
    expect(time(Date.UTC(2020, 0, 1), "UTC")).toBe("00:00");
    expect(city("America/New_York")).toBe("New York");
  });

  it("are written as the UN writes them", () => {
    expect(day(at, "America/New_York")).toBe("Friday 10 July 2020");
    speak("ar", { plural: ARABIC, messages: {} });
    expect(day(at, "America/New_York")).toBe("الجمعة 10 تموز/يوليه 2020");
  });
});
