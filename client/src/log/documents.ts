/** Documents of the record: what there is, and how one is fetched. */
import { ApiFailure, LINK_HEADER } from "../console/api.ts";
import type { Boot } from "../lib/boot.ts";
import { t } from "../lib/i18n.ts";

/** Who may read what a document says, from the one who is told least. */
export const AUDIENCES = ["public", "record", "staff"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What is asked for; the names are those of the query. */
export interface Wish {
  readonly as: string;
  readonly lang?: string;
  readonly for?: Audience;
  readonly picture?: string;
  readonly with?: string;
}

export interface Line {
  readonly key: string;
  readonly name: string;
  readonly about: string;
}

export function forms(): readonly Line[] {
  return [
    {
      key: "docx",
      name: t("Word"),
      about: t("The summary record, to go on writing in"),
    },
    { key: "pdf", name: "PDF", about: t("The same, to print and to send") },
    { key: "html", name: t("Web page"), about: t("The same as one file, for a site") },
    {
      key: "xlsx",
      name: t("Spreadsheet"),
      about: t("Interventions and totals, for Excel and others"),
    },
    { key: "csv", name: "CSV", about: t("The rows of the log as a table") },
    { key: "json", name: "JSON", about: t("All that the documents are written from") },
    {
      key: "vtt",
      name: "WebVTT",
      about: t("Who spoke when, as chapters of the recording"),
    },
    { key: "thirds", name: t("Name plates"), about: t("For the picture of a video") },
  ];
}

export function pictures(): readonly Line[] {
  return [
    { key: "timeline", name: t("The meeting as a timeline"), about: "" },
    { key: "lengths", name: t("The length of the list"), about: "" },
    { key: "delegations", name: t("Time by delegation"), about: "" },
    { key: "groups", name: t("Time for groups"), about: "" },
    { key: "regions", name: t("Time by regional group"), about: "" },
    { key: "kinds", name: t("Time by kind"), about: "" },
  ];
}

export interface Made {
  readonly name: string;
  readonly body: Blob;
}

/** A document, once the server has written it; ApiFailure says why there is none. */
export async function fetched(boot: Boot, wish: Wish): Promise<Made> {
  const query = new URLSearchParams(Object.entries(wish).filter(([, text]) => text));
  const url = `/api/v1/meetings/${boot.meeting}/record?${query}`;
  const headers = { [LINK_HEADER]: boot.link };
  const unreached = () =>
    t("The server cannot be reached. Nothing was lost: try again.");
  const answer = await fetch(url, { headers }).catch(() => null);
  if (answer === null) throw new ApiFailure(unreached());
  if (!answer.ok) {
    const said = await answer.json().catch(() => null);
    throw new ApiFailure(said?.detail || refusal(answer.status));
  }
  const body = await answer.blob().catch(() => null);
  if (body === null) throw new ApiFailure(unreached());
  const named = /filename="([^"]+)"/.exec(
    answer.headers.get("Content-Disposition") ?? "",
  );
  return { name: named?.[1] ?? `${boot.meeting}.${wish.as}`, body };
}

function refusal(status: number): string {
  if (status === 503) {
    return t("You have asked for many documents. Try again in half a minute.");
  }
  return t("The server could not do this. Try again.");
}

/** Gives a file to the browser to keep. */
export function keep({ name, body }: Made): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(body);
  link.download = name;
  link.click();
  // some browsers begin to read it only after a while
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
