/** What the console asks over HTTP: recognising a pasted list, and links. */
import type { Boot } from "../lib/boot.ts";
import { t } from "../lib/i18n.ts";
import type { Recognised } from "./paste.ts";

/** Names the link by whose cookie this page speaks. */
const LINK_HEADER = "X-Rostra-Link";

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

export interface LinkPaper {
  readonly url: string;
  readonly qr_svg: string;
}

export async function linkPaper(boot: Boot, link: string): Promise<LinkPaper> {
  return (await ask(boot, `links/${encodeURIComponent(link)}`, {})) as LinkPaper;
}

/** Address of a file that the browser fetches by itself, with this page's cookie. */
export function download(boot: Boot, path: string): string {
  const query = new URLSearchParams({ as: boot.link, lang: boot.lang });
  return `/api/v1/meetings/${boot.meeting}/${path}?${query}`;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of our own server
async function ask(boot: Boot, path: string, init: RequestInit): Promise<any> {
  const headers = { ...init.headers, [LINK_HEADER]: boot.link };
  const url = `/api/v1/meetings/${boot.meeting}/${path}?lang=${boot.lang}`;
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
