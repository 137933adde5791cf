/** What the server wrote into the page: whose it is, and the state as it was then. */

import type { Mine, State, You } from "./protocol.ts";

export type Screen =
  | "join"
  | "console"
  | "pad"
  | "log"
  | "chair"
  | "desk"
  | "display"
  | "setup";

/** The state in the page. Like a snapshot in `welcome`, and just as whole. */
export interface BootState {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
  readonly now: number;
  readonly you: You;
  readonly state: State;
  readonly mine: Mine | null;
}

export interface Boot {
  readonly meeting: string;
  readonly screen: Screen;
  readonly link: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly build: string;
  /** Address of the roster's names; null where the page shows none. */
  readonly roster: string | null;
  /** Address of the catalogue of this language; null for English. */
  readonly catalogue: string | null;
  /** Addresses by language, where a page lets one choose (join). */
  readonly catalogues?: Readonly<Record<string, string | null>>;
  /** Null on pages that come before a meeting (join). */
  readonly state: BootState | null;
}

const NOTHING: Boot = {
  meeting: "",
  screen: "join",
  link: "",
  lang: "en",
  dir: "ltr",
  build: "",
  roster: null,
  catalogue: null,
  state: null,
};

/** Reads `<script type="application/json" id="boot">` of a page. */
export function readBoot(page: Document): Boot {
  const text = page.getElementById("boot")?.textContent;
  return text ? { ...NOTHING, ...(JSON.parse(text) as Partial<Boot>) } : NOTHING;
}

export const boot: Boot = readBoot(document);
