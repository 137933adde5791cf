/** Finding a link by a few letters of its delegation, label or role. */
import { fold, listName, search } from "../lib/names.ts";
import type { LinkEntity } from "../lib/protocol.ts";
import { roleName } from "./roles.ts";

const MOST = 12;

export function linkName(link: LinkEntity): string {
  const who = link.delegation ? listName(link.delegation) : roleName(link.role);
  return link.label && link.label !== who ? `${who} · ${link.label}` : who;
}

/** Links whose name holds `text`, or whose delegation the roster's search finds. */
export function linksFor(
  text: string,
  links: ReadonlyMap<string, LinkEntity>,
): readonly LinkEntity[] {
  const wanted = fold(text.trim());
  const all = [...links.values()];
  if (wanted === "") return all.filter((each) => !each.delegation).slice(0, MOST);
  const codes = search(text).map((hit) => hit.code);
  const rank = (link: LinkEntity) => {
    const found = codes.indexOf(link.delegation ?? "-");
    return found >= 0 ? found : codes.length;
  };
  return all
    .filter(
      (each) =>
        codes.includes(each.delegation ?? "-") ||
        fold(linkName(each)).includes(wanted) ||
        fold(each.role).startsWith(wanted),
    )
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}
