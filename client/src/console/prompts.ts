/** What the console reminds of. Nothing here acts: each prompt offers presses. */
import { t, wall } from "../lib/i18n.ts";
import type { FloorEntity, MeetingEntity, RequestEntity } from "../lib/protocol.ts";
import { mmss } from "./length.ts";
import * as press from "./press.ts";

/** A window that a prompt offers, always about the running list. */
export interface Opening {
  readonly label: string;
  readonly window: "limit" | "list_state" | "adjourn";
}

export interface Prompt {
  readonly id: string;
  readonly tone: "calm" | "warning" | "over";
  readonly text: string;
  readonly presses: readonly press.Press[];
  /** Offers to suspend the meeting, which needs a reason first. */
  readonly suspend?: true;
  readonly opens?: readonly Opening[];
  /** It can be put away; so the button is called. */
  readonly away?: string;
}

const PROMPTS_S = {
  call: [15, 30, 60],
  line_lost: 15,
  pause: [120, 300],
  over: 30,
} as const;

/** At most one of each: the most urgent first. */
export function prompts(
  meeting: MeetingEntity,
  floor: FloorEntity | null,
  head: RequestEntity | null,
  name: string,
  now: number,
): readonly Prompt[] {
  if (!floor || meeting.state !== "in_session") return [];
  const found = [
    downtime(meeting, floor),
    floor.phase === "called" ? silent(meeting, floor, head, name, now) : null,
    floor.phase === "speaking" ? over(meeting, floor, name, now) : null,
    floor.phase === "paused" ? held(meeting, floor, name, now) : null,
  ];
  return found.filter((each) => each !== null);
}

function downtime(meeting: MeetingEntity, floor: FloorEntity): Prompt | null {
  const away = meeting.downtime_ms ?? 0;
  if (away <= 0) return null;
  return {
    id: `downtime:${floor.id}`,
    tone: "warning",
    text: t(
      "The server was away for {time}. Did the speech continue, or was it interrupted?",
      { time: mmss(away) },
    ),
    presses: [press.giveBack(floor, 0), press.giveBack(floor, away)],
  };
}

function silent(
  meeting: MeetingEntity,
  floor: FloorEntity,
  head: RequestEntity | null,
  name: string,
  now: number,
): Prompt | null {
  if (floor.ready_at) return null;
  const times = floor.attempts?.length ? floor.attempts : [floor.called_at ?? now];
  const waited = now - (times[0] ?? now);
  const [first, second, third] = meeting.profile?.call_prompts_s ?? PROMPTS_S.call;
  if (waited < secs(first, PROMPTS_S.call[0])) return null;
  const later = press.noShow(floor, false);
  const off = press.noShow(floor, true);
  const again = press.callAgain(floor, head);
  const id = `silent:${floor.id}`;
  if (waited >= secs(third, PROMPTS_S.call[2])) {
    return {
      id,
      tone: "warning",
      text: t("No answer from {name} for {time}. Come back to them later?", {
        name,
        time: mmss(waited),
      }),
      presses: [later, off, again],
    };
  }
  if (waited >= secs(second, PROMPTS_S.call[1])) {
    return {
      id,
      tone: "warning",
      text: t("No answer from {name} yet: call a second time?", { name }),
      presses: [again, later, off],
    };
  }
  return {
    id,
    tone: "calm",
    text: t("No sound from {name} yet: wait, call again, or come back later.", {
      name,
    }),
    presses: [again, later],
  };
}

function over(
  meeting: MeetingEntity,
  floor: FloorEntity,
  name: string,
  now: number,
): Prompt | null {
  if (floor.cut_at) return cut(floor, meeting, name);
  if (floor.running_since === null || meeting.rules.enforcement === "soft") return null;
  const used = floor.used_ms + now - floor.running_since;
  const past = used - floor.allotted_ms;
  if (past < secs(meeting.profile?.over_alarm_s, PROMPTS_S.over)) return null;
  return {
    id: `over:${floor.id}`,
    tone: "over",
    text: t("{name} is {time} over. The Chair may ask to conclude.", {
      name,
      time: mmss(past),
    }),
    presses: [],
  };
}

/** HARD: the signal went out; people act, and the operator ends it. */
function cut(floor: FloorEntity, meeting: MeetingEntity, name: string): Prompt {
  const at = wall(floor.cut_at ?? 0, meeting.zone);
  return {
    id: `cut:${floor.id}`,
    tone: "over",
    text: t(
      "Cut signalled at {time} to {name}, the Chair and the technical desk. End it when it is done.",
      { time: at, name },
    ),
    presses: [press.revoke(floor, "time", t("End it, for time"))],
  };
}

/** Before the call to order: fewer are here than the rules want. A warning only. */
export function quorum(meeting: MeetingEntity, present: number): Prompt | null {
  const wanted = meeting.profile?.quorum ?? 0;
  if (meeting.state !== "lobby" || wanted <= 0 || present >= wanted) return null;
  return {
    id: "quorum",
    tone: "warning",
    text: t("{n} delegations are here; the rules want {wanted} for a quorum.", {
      n: present,
      wanted,
    }),
    presses: [],
  };
}

function held(
  meeting: MeetingEntity,
  floor: FloorEntity,
  name: string,
  now: number,
): Prompt | null {
  if (floor.held_since === null) return null;
  const lasted = now - floor.held_since;
  if (floor.reason === "interruption") return interrupted(floor, name);
  if (floor.line_lost) return lost(meeting, floor, name, lasted);
  const [remind, suggest] = meeting.profile?.pause_prompts_s ?? PROMPTS_S.pause;
  const time = mmss(lasted);
  if (lasted >= secs(suggest, PROMPTS_S.pause[1])) {
    return {
      id: `paused:${floor.id}`,
      tone: "warning",
      text: t("Paused for {time}. Suspend the meeting?", { time }),
      presses: [press.endAndReturn(floor)],
      suspend: true,
    };
  }
  if (lasted < secs(remind, PROMPTS_S.pause[0])) return null;
  return {
    id: `paused:${floor.id}`,
    tone: "calm",
    text: t("Paused for {time}. Its clock stands still.", { time }),
    presses: [press.endAndReturn(floor)],
  };
}

/** The rules, or the Chair, wanted the operator's word before it goes on. */
function interrupted(floor: FloorEntity, name: string): Prompt {
  return {
    id: `interrupted:${floor.id}`,
    tone: "calm",
    text: t("{name} was interrupted and waits for your press to go on.", { name }),
    presses: [],
  };
}

function lost(
  meeting: MeetingEntity,
  floor: FloorEntity,
  name: string,
  lasted: number,
): Prompt | null {
  const id = `lost:${floor.id}`;
  if (floor.ready_at && floor.held_since && floor.ready_at > floor.held_since) {
    return {
      id,
      tone: "calm",
      text: t("{name} is ready again.", { name }),
      presses: [],
    };
  }
  if (lasted < secs(meeting.profile?.line_lost_prompt_s, PROMPTS_S.line_lost)) {
    return null;
  }
  return {
    id,
    tone: "warning",
    text: t("The line of {name} is lost for {time}. Wait, go on, or end?", {
      name,
      time: mmss(lasted),
    }),
    presses: [press.endAndReturn(floor), press.end(floor)],
  };
}

function secs(value: number | undefined, otherwise: number): number {
  return (value ?? otherwise) * 1000;
}
