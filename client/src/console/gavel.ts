/** Who may act where the profile wants one hand, and in which words it is said. */
import { t } from "../lib/i18n.ts";
import type { CommandType, MeetingEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { roleName } from "./roles.ts";

/** What every operator may do, whoever holds the gavel. */
const WITHOUT: ReadonlySet<CommandType> = new Set<CommandType>([
  "note",
  "announce",
  "clear_announcement",
  "name_speaker",
  "confirm_name",
  "clear_signal",
  "revoke_link",
  "renew_link",
  "flag_delegation",
  "correct",
  "message",
  "tick",
  "mark_attendance",
  "set_contact",
  "take_gavel",
  "hand_gavel",
]);

export function isWanted(meeting: MeetingEntity): boolean {
  return meeting.profile?.control === "gavel";
}

/** The link that holds it, where the profile wants one hand and one has it. */
export function holderOf(meeting: MeetingEntity): string | null {
  return isWanted(meeting) ? (meeting.gavel?.link ?? null) : null;
}

export function operatorName(store: Store, link: string): string {
  if (link === store.you.value.link) return t("You");
  return store.links.value.get(link)?.label || roleName("moderator");
}

/** "Ana holds the gavel", for a button that would be refused; null where it would not. */
export function heldElsewhere(store: Store, type: CommandType): string | null {
  const holder = holderOf(store.meeting.value);
  if (holder === null || holder === store.you.value.link || WITHOUT.has(type)) {
    return null;
  }
  return t("{name} holds the gavel", { name: operatorName(store, holder) });
}

/** Whether a device of the holder is connected. */
export function holderIsHere(store: Store): boolean {
  const holder = holderOf(store.meeting.value);
  return [...store.here.value.values()].some((each) => each.link === holder);
}

/** Whether another operator is offered to take it: never while somebody speaks. */
export function isOffered(
  store: Store,
  goneSince: number | null,
  now: number,
): boolean {
  const { profile } = store.meeting.value;
  const holder = holderOf(store.meeting.value);
  if (holder === null || holder === store.you.value.link) return false;
  if (goneSince === null || store.floor.value) return false;
  return now - goneSince >= (profile?.gavel_offer_s ?? 60) * 1000;
}
