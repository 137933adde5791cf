/** What the buttons about people, the gavel, messages and the rules send. */
import { t } from "../lib/i18n.ts";
import type { FieldsOf, MeetingEntity } from "../lib/protocol.ts";
import { made, type Press } from "./press.ts";

type Flag = FieldsOf<"flag_delegation">["flag"];

export function flag(delegation: string, what: Flag, reason: string): Press {
  const labels = {
    absent: t("Mark as absent"),
    suspended: t("Mark as suspended"),
    none: t("Clear the mark"),
  };
  const fields = { delegation, flag: what, reason: reason.trim() };
  return made("flag_delegation", fields, labels[what ?? "none"]);
}

function holder(meeting: MeetingEntity) {
  return { expect: { holder: meeting.gavel?.link ?? null } };
}

export function takeGavel(meeting: MeetingEntity, reason: string): Press {
  const fields = { reason: reason.trim(), ...holder(meeting) };
  return made("take_gavel", fields, t("Take the gavel"));
}

/** To another operator's link; null puts it down. */
export function handGavel(
  meeting: MeetingEntity,
  to: string | null,
  name: string,
): Press {
  const label =
    to === null ? t("Put it down: all may act") : t("Hand it to {name}", { name });
  return made("hand_gavel", { to, ...holder(meeting) }, label);
}

export function message(phrase: string, text: string): Press {
  const fields = phrase ? { phrase } : { text: text.trim() };
  return made("message", fields, t("Send"));
}

export function markAttendance(
  delegations: readonly string[],
  source: "tick" | "report",
): Press {
  const fields = { delegations, source } as unknown as FieldsOf<"mark_attendance">;
  return made("mark_attendance", fields, t("Mark as present"));
}

export function setContact(delegation: string, contact: string): Press {
  return made("set_contact", { delegation, contact }, t("Save"));
}

export function setProfile(text: string, reason: string): Press {
  const fields = { text, reason: reason.trim() };
  return made("set_profile", fields, t("Apply from now on"));
}
