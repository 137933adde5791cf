/** What the console asks over HTTP: what only the server can tell, on demand. */
import type { Boot } from "../lib/boot.ts";
import { t } from "../lib/i18n.ts";
import type { ListEntity } from "../lib/protocol.ts";
import type { Recognised } from "./paste.ts";

/** Names the link by whose cookie this page speaks. */
export const LINK_HEADER = "X-Rostra-Link";

export class ApiFailure extends Error {}

export async function recognise(
  boot: Boot,
  list: string,
  text: string,
): Promise<readonly Recognised[]> {
  const answer = await ask(boot, "recognise", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text, list }),
  });
  const found = Array.isArray(answer) ? answer : answer.found;
  return (found as Recognised[]).map((each, index) => ({
    ...each,
    line: each.line ?? index + 1,
    alternatives: each.alternatives ?? [],
  }));
}

/** Who is in a video platform's report: known delegations, and names that are none. */
export interface Attendees {
  readonly delegations: readonly string[];
  readonly unknown: readonly string[];
}

export async function attendees(boot: Boot, text: string): Promise<Attendees> {
  return (await ask(boot, "attendance/recognise", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  })) as Attendees;
}

export interface LinkPaper {
  readonly url: string;
  readonly qr_svg: string;
}

export async function linkPaper(boot: Boot, link: string): Promise<LinkPaper> {
  return (await ask(boot, `links/${encodeURIComponent(link)}`, {})) as LinkPaper;
}

/** How a list would stand under another order; nothing is changed by asking. */
export interface Preview {
  readonly order: readonly string[];
  readonly why: Readonly<Record<string, readonly string[]>>;
  readonly to_draw?: "order" | "letter" | "region" | null;
}

export async function preview(
  boot: Boot,
  list: string,
  policy: ListEntity["policy"],
  modifiers: ListEntity["modifiers"],
): Promise<Preview> {
  const query = { list, policy, modifiers: modifiers.join(",") };
  return (await ask(boot, "preview", {}, query)) as Preview;
}

export interface Projection {
  readonly heard: number;
  readonly ends_at: number;
}

/** What a limit leads to: the present one, the suggested one, one that was asked for. */
export interface LimitOutlook {
  readonly waiting: number;
  readonly limit_s: number;
  readonly overhead_ms: number;
  readonly reserve_ms: number;
  readonly until: number | null;
  readonly present: Projection;
  readonly suggestion: {
    readonly limit_s: number;
    readonly fits: boolean;
    readonly heard: number;
  } | null;
  readonly asked: Projection | null;
}

export async function limitOutlook(
  boot: Boot,
  list: string,
  seconds: number | null,
): Promise<LimitOutlook> {
  const query = { list, ...(seconds !== null && { seconds: String(seconds) }) };
  return (await ask(boot, "limit", {}, query)) as LimitOutlook;
}

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Rules of procedure that are kept on the server, as files. */
export async function presets(boot: Boot): Promise<readonly Preset[]> {
  const answer = await askAt(boot, "/api/v1/profiles", {});
  return (Array.isArray(answer) ? answer : answer.profiles) as Preset[];
}

type Query = Readonly<Record<string, string>>;

// biome-ignore lint/suspicious/noExplicitAny: JSON of our own server
function ask(boot: Boot, path: string, init: RequestInit, query?: Query): Promise<any> {
  return askAt(boot, `/api/v1/meetings/${boot.meeting}/${path}`, init, query);
}

async function askAt(
  boot: Boot,
  path: string,
  init: RequestInit,
  query: Query = {},
  // biome-ignore lint/suspicious/noExplicitAny: JSON of our own server
): Promise<any> {
  const headers = { ...init.headers, [LINK_HEADER]: boot.link };
  const url = `${path}?${new URLSearchParams({ ...query, lang: boot.lang })}`;
  const answer = await fetch(url, { ...init, headers }).catch(() => null);
  if (answer === null) {
    throw new ApiFailure(
      t("The server cannot be reached. Nothing was lost: try again."),
    );
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || body === null) {
    const said = body?.message || body?.detail;
    throw new ApiFailure(said || t("The server could not do this. Try again."));
  }
  return body;
}
