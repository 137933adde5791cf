/** The words for what the protocol names: kinds, states, rulings, ranks, reasons. */

import { commas, t } from "./i18n.ts";
import type {
  FloorEntity,
  InterventionEntity,
  Kind,
  ListEntity,
  RequestEntity,
  SegmentEntity,
} from "./protocol.ts";

export type PauseReason = NonNullable<FloorEntity["reason"]>;
export type Motion = NonNullable<RequestEntity["motion"]>;
export type Rank = NonNullable<RequestEntity["rank"]>;
export type Ruling = NonNullable<InterventionEntity["ruling"]>;
export type ItemPhase = SegmentEntity["phase"];
export type Check = "sound" | "camera" | "name" | "text" | "room";

/** Kinds that stand over whoever speaks. */
export const INTERRUPTING: ReadonlySet<Kind> = new Set<Kind>([
  "point_of_order",
  "procedural_motion",
  "response",
  "technical",
]);

export function kindName(kind: Kind): string {
  const names: Record<Kind, string> = {
    statement: t("Statement"),
    group_statement: t("Group statement"),
    programme: t("Programme"),
    introduction: t("Introduction"),
    secretariat: t("Secretariat"),
    concerned_party: t("Concerned party"),
    chair: t("Chair"),
    question: t("Question"),
    answer: t("Answer"),
    explanation_of_vote: t("Explanation of vote"),
    right_of_reply: t("Right of reply"),
    point_of_order: t("Point of order"),
    procedural_motion: t("Motion"),
    response: t("Response"),
    technical: t("Technical"),
  };
  return names[kind];
}

/** Procedural motions in the order of rule 77/119. */
export const MOTIONS = [
  "suspend_meeting",
  "adjourn_meeting",
  "adjourn_debate",
  "close_debate",
  "other",
] as const satisfies readonly Motion[];

/** What it is moved to do: "to adjourn the debate". */
export function motionName(motion: Motion): string {
  const names: Record<Motion, string> = {
    suspend_meeting: t("to suspend the meeting"),
    adjourn_meeting: t("to adjourn the meeting"),
    adjourn_debate: t("to adjourn the debate"),
    close_debate: t("to close the debate"),
    other: t("of procedure"),
  };
  return names[motion];
}

/** What `kindTitle` needs to know of a request, a floor or a row of the record. */
export type Sort = Pick<RequestEntity, "kind" | "motion" | "side" | "turn">;

/** The kind with what belongs to it: which motion, which side, which turn. */
export function kindTitle({ kind, motion, side, turn }: Sort): string {
  if (kind === "right_of_reply" && turn > 1) return t("Second right of reply");
  if (kind !== "procedural_motion") return kindName(kind);
  const name = motion
    ? t("Motion {purpose}", { purpose: motionName(motion) })
    : t("Motion");
  return commas([name, side && sideName(side)]);
}

export function sideName(side: "for" | "against"): string {
  return side === "for" ? t("in favour") : t("against");
}

export function rulingName(ruling: Ruling): string {
  const names: Record<Ruling, string> = {
    upheld: t("upheld"),
    not_upheld: t("not upheld"),
    withdrawn: t("withdrawn"),
    carried: t("carried"),
    lost: t("not carried"),
    noted: t("noted"),
  };
  return names[ruling];
}

export function appealName(appeal: NonNullable<InterventionEntity["appeal"]>): string {
  return appeal === "ruling_stands"
    ? t("after an appeal the ruling stands")
    : t("after an appeal the ruling was overturned");
}

/** Ranks of speakers, the highest first. */
export const RANKS = [
  "head_of_state",
  "vice_president",
  "crown_prince",
  "head_of_government",
  "deputy_prime_minister",
  "minister",
  "vice_minister",
  "chair_of_delegation",
] as const satisfies readonly Rank[];

export function rankName(rank: Rank): string {
  const names: Record<Rank, string> = {
    head_of_state: t("Head of State"),
    vice_president: t("Vice-President"),
    crown_prince: t("Crown Prince or Princess"),
    head_of_government: t("Head of Government"),
    deputy_prime_minister: t("Deputy Prime Minister"),
    minister: t("Minister"),
    vice_minister: t("Vice-Minister"),
    chair_of_delegation: t("Chair of the delegation"),
  };
  return names[rank];
}

export function reasonName(reason: PauseReason): string {
  const names: Record<PauseReason, string> = {
    audio: t("Sound"),
    interpretation: t("Interpretation"),
    video: t("Picture"),
    platform: t("Video platform"),
    connection: t("Connection"),
    emergency: t("Emergency"),
    suspension: t("Suspension of the meeting"),
    interruption: t("Interruption"),
    other: t("Other"),
  };
  return names[reason];
}

export function listState(list: Pick<ListEntity, "state">): string {
  const names: Record<ListEntity["state"], string> = {
    not_open: t("Not open yet"),
    lot_window: t("Open, places by lot"),
    open: t("Open"),
    closing: t("Closing"),
    closed: t("Closed"),
  };
  return names[list.state];
}

export function policyName(policy: ListEntity["policy"]): string {
  const names: Record<ListEntity["policy"], string> = {
    arrival: t("by arrival"),
    protocol_rank: t("by rank of the speaker"),
    regional_rotation: t("regions in turn"),
    lot: t("by lot"),
    alpha_from_lot: t("alphabetical from a letter drawn by lot"),
    least_spoken: t("those who spoke least first"),
    alternate: t("for and against in turn"),
    fixed: t("as in the programme"),
    manual: t("by hand"),
  };
  return names[policy];
}

export function modifierName(modifier: ListEntity["modifiers"][number]): string {
  return modifier === "groups_first" ? t("groups first") : t("first time first");
}

/** "by arrival, groups first" */
export function orderName(list: Pick<ListEntity, "policy" | "modifiers">): string {
  return commas([policyName(list.policy), ...list.modifiers.map(modifierName)]);
}

export function phaseName(phase: ItemPhase): string {
  const names: Record<ItemPhase, string> = {
    introduction: t("Introduction"),
    concerned_party: t("Concerned party"),
    debate: t("Debate"),
    panel_replies: t("Replies of the panel"),
    explanation_before: t("Explanations of vote before the vote"),
    voting: t("Voting"),
    explanation_after: t("Explanations of vote after the vote"),
    reply_1: t("Right of reply"),
    reply_2: t("Right of reply, second round"),
    adjourned_debate: t("The debate is adjourned"),
    closed_debate: t("The debate is closed"),
    concluded: t("Concluded"),
  };
  return names[phase];
}

/** What the technical desk ticks, in the order in which it checks. */
export const CHECKS = [
  "sound",
  "camera",
  "name",
  "text",
  "room",
] as const satisfies readonly Check[];

export function checkName(check: Check): string {
  const names: Record<Check, string> = {
    sound: t("Sound"),
    camera: t("Camera"),
    name: t("Name on the platform"),
    text: t("Text received"),
    room: t("In the room"),
  };
  return names[check];
}

/** The classes of delegations, as an order or a sum names them. */
export function tierName(tier: string): string {
  const names: Record<string, string> = {
    group: t("groups"),
    member_state: t("Member States"),
    observer_state: t("observer States"),
    organisation: t("organisations"),
    un_entity: t("United Nations entities"),
    nhri: t("national human rights institutions"),
    ngo: t("non-governmental organisations"),
    other: t("others"),
  };
  return names[tier] ?? tier;
}

/** The five regional groups of the United Nations. */
export function regionName(region: string): string {
  const names: Record<string, string> = {
    AFR: t("African States"),
    APG: t("Asia-Pacific States"),
    EEG: t("Eastern European States"),
    LAC: t("Latin American and Caribbean States"),
    WEO: t("Western European and other States"),
    none: t("those without a regional group"),
  };
  return names[region] ?? region;
}
