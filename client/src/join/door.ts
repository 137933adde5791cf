/** What the join page asks the server: who one is about to be, and to be let in. */

import type { Role } from "../lib/protocol.ts";

/** Who a link makes one, and for which meeting. */
export interface Preview {
  readonly meeting: string;
  readonly title: string;
  readonly theme: string;
  readonly event: string;
  readonly starts_at: number | null;
  readonly ends_at: number | null;
  readonly zone: string;
  readonly role: Role;
  readonly delegation: string | null;
  /** The delegation's name in the language asked for. */
  readonly name: string | null;
  readonly label: string;
  readonly questions?: readonly string[];
}

/** Why there is no preview: the link leads nowhere, or the server cannot be reached. */
export type Trouble = "no_link" | "bad_link" | "unreachable";

const MARK = "rl_";

/** Takes the token out of the address, so that no history and no screen shows it. */
export function takeToken(): string | null {
  const token = decodeURIComponent(location.hash.slice(1));
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token.startsWith(MARK) ? token : null;
}

/** Asks who one is about to be. Nothing changes by asking. */
export async function preview(
  token: string,
  lang: string,
): Promise<Preview | Exclude<Trouble, "no_link">> {
  const answer = await post("/api/v1/join/preview", { token, lang });
  if (answer === null) return "unreachable";
  if (!answer.ok) return answer.status >= 500 ? "unreachable" : "bad_link";
  return (await answer.json()) as Preview;
}

/** Goes in: the cookie is set by the answer, which says where to. */
export async function enter(
  token: string,
  device: string,
  lang: string,
): Promise<{ url: string } | Exclude<Trouble, "no_link">> {
  const answer = await post("/join", { token, device, lang });
  if (answer === null) return "unreachable";
  if (!answer.ok) return answer.status >= 500 ? "unreachable" : "bad_link";
  return (await answer.json()) as { url: string };
}

function post(address: string, body: object): Promise<Response | null> {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Rostra-Link": "join" },
    body: JSON.stringify(body),
  }).catch(() => null);
}
