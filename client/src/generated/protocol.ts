/* Made by `npm run generate` from server/rostra/protocol/messages.py: do not edit. */

/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Command".
 */
export type Command =
  | OpenLobby
  | CallToOrder
  | Suspend
  | ResumeMeeting
  | Adjourn
  | CloseRecord
  | GoToSegment
  | SetPhase
  | SetProfile
  | SetPresider
  | OpenList
  | AnnounceClosing
  | CloseList
  | ReopenList
  | SetPolicy
  | DrawLots
  | SetLimit
  | AdmitLate
  | CloseRound
  | RequestFloor
  | Withdraw
  | Accept
  | Decline
  | Park
  | Unpark
  | Pin
  | Unpin
  | SetWindow
  | OfferSwap
  | AnswerSwap
  | SettleSwap
  | Insert
  | Move
  | Call
  | Recognise
  | Rule
  | ChairRemarks
  | ResetClock
  | Ready
  | Start
  | Pause
  | LineLost
  | Resume
  | Extend
  | Credit
  | End
  | NoShow
  | Revoke
  | Undo
  | NameSpeaker
  | ConfirmName
  | WriteNote
  | Correct
  | SettleCorrection
  | OpenCorrections
  | CorrectRow
  | WriteConclusion
  | MoveConclusion
  | DropConclusion
  | HandOver
  | ReopenConclusions
  | ReleaseConclusions
  | ShowConclusion
  | Publish
  | ErasePersons
  | SendMessage
  | Tick
  | MarkAttendance
  | SetContact
  | FlagDelegation
  | TakeGavel
  | HandGavel
  | Announce
  | ClearAnnouncement
  | ClearSignal
  | RevokeLink
  | RenewLink;
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Answer".
 */
export type Answer = Ok | No | Wait;
/**
 * A tag that rapporteurs give with one key. Others may be typed.
 *
 * @minItems 2
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "TagKey".
 */
export type TagKey = [unknown, unknown, ...unknown[]];
/**
 * A limit of up to ``up_to_s`` warns ``before_s`` before its end.
 *
 * @minItems 2
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Warn".
 */
export type Warn = [unknown, unknown, ...unknown[]];

/**
 * All that crosses the wire of Rostra, version 2.
 */
export interface Protocol {
  command: Command;
  answer: Answer;
  events: ServerEvents;
  collections: Entities;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "OpenLobby".
 */
export interface OpenLobby {
  type: "open_lobby";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectState;
}
/**
 * The meeting's state on the screen.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectState".
 */
export interface ExpectState {
  state: "archived" | "in_session" | "lobby" | "rose" | "scheduled" | "suspended";
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CallToOrder".
 */
export interface CallToOrder {
  type: "call_to_order";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectState;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Suspend".
 */
export interface Suspend {
  type: "suspend";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason?: string;
  resume_at?: number | null;
  expect: ExpectState;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ResumeMeeting".
 */
export interface ResumeMeeting {
  type: "resume_meeting";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectState;
}
/**
 * The meeting rises. ``written_until`` is the deadline for written statements.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Adjourn".
 */
export interface Adjourn {
  type: "adjourn";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  written_until?: number | null;
  expect: ExpectState;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CloseRecord".
 */
export interface CloseRecord {
  type: "close_record";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectState;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "GoToSegment".
 */
export interface GoToSegment {
  type: "go_to_segment";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  segment: string;
  expect: ExpectSegment;
}
/**
 * The segment that runs, as the screen showed it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectSegment".
 */
export interface ExpectSegment {
  segment: string | null;
}
/**
 * Where the running item stands; in a phase of replies these are called.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetPhase".
 */
export interface SetPhase {
  type: "set_phase";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  phase:
    | "adjourned_debate"
    | "closed_debate"
    | "concerned_party"
    | "concluded"
    | "debate"
    | "explanation_after"
    | "explanation_before"
    | "introduction"
    | "panel_replies"
    | "reply_1"
    | "reply_2"
    | "voting";
  expect: ExpectPhase;
}
/**
 * The phase of a segment on the screen.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectPhase".
 */
export interface ExpectPhase {
  segment: string;
  phase:
    | "adjourned_debate"
    | "closed_debate"
    | "concerned_party"
    | "concluded"
    | "debate"
    | "explanation_after"
    | "explanation_before"
    | "introduction"
    | "panel_replies"
    | "reply_1"
    | "reply_2"
    | "voting";
}
/**
 * Other rules of procedure from now on: *text* is a whole profile file (TOML).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetProfile".
 */
export interface SetProfile {
  type: "set_profile";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  text: string;
  reason?: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetPresider".
 */
export interface SetPresider {
  type: "set_presider";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  segment: string;
  name: string;
  function?: string;
}
/**
 * Open now; or announce that it opens ``at`` that instant.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "OpenList".
 */
export interface OpenList {
  type: "open_list";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  at?: number | null;
  expect: ExpectList;
}
/**
 * A list as the screen showed it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectList".
 */
export interface ExpectList {
  list: string;
  state: "closed" | "closing" | "lot_window" | "not_open" | "open";
  generation: number;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "AnnounceClosing".
 */
export interface AnnounceClosing {
  type: "announce_closing";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  closes_at: number;
  expect: ExpectList;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CloseList".
 */
export interface CloseList {
  type: "close_list";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  basis?: string;
  expect: ExpectList;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ReopenList".
 */
export interface ReopenList {
  type: "reopen_list";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  basis: string;
  expect: ExpectList;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetPolicy".
 */
export interface SetPolicy {
  type: "set_policy";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  policy:
    | "alpha_from_lot"
    | "alternate"
    | "arrival"
    | "fixed"
    | "least_spoken"
    | "lot"
    | "manual"
    | "protocol_rank"
    | "regional_rotation";
  modifiers?: ("first_time_first" | "groups_first")[];
  expect: ExpectList;
}
/**
 * Draw what the list's policy leaves to the lot, and publish seed and inputs.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "DrawLots".
 */
export interface DrawLots {
  type: "draw";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectList;
}
/**
 * Another limit for statements not yet called, from the next speaker on. ``seconds`` is a Member's; ``scaled`` gives the other tiers their share of it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetLimit".
 */
export interface SetLimit {
  type: "set_limit";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  seconds: number;
  scaled?: boolean;
  expect: ExpectList;
}
/**
 * Those of the late tray come on the list, in the order of their arrival.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "AdmitLate".
 */
export interface AdmitLate {
  type: "admit_late";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  requests?: string[] | null;
  expect: ExpectList;
}
/**
 * End the questions of a panel's round; the panellists answer in their order.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CloseRound".
 */
export interface CloseRound {
  type: "close_round";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectList;
}
/**
 * A delegation asks for the floor. ``technical`` calls for help instead.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "RequestFloor".
 */
export interface RequestFloor {
  type: "request_floor";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  list?: string | null;
  kind:
    | "explanation_of_vote"
    | "group_statement"
    | "point_of_order"
    | "procedural_motion"
    | "question"
    | "response"
    | "right_of_reply"
    | "statement"
    | "technical";
  group?: string | null;
  group_text?: string;
  person?: Person | null;
  language?: string;
  addressed?: string[];
  text?: string;
  rank?:
    | (
        | "chair_of_delegation"
        | "crown_prince"
        | "deputy_prime_minister"
        | "head_of_government"
        | "head_of_state"
        | "minister"
        | "vice_minister"
        | "vice_president"
      )
    | null;
  side?: ("against" | "for") | null;
  motion?:
    | (
        | "adjourn_debate"
        | "adjourn_meeting"
        | "close_debate"
        | "other"
        | "suspend_meeting"
      )
    | null;
  on?: string | null;
  item?: string | null;
  to?: string | null;
  media_s?: number;
}
/**
 * Who speaks for a delegation: free text, honorifics and all (RULES 12).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Person".
 */
export interface Person {
  name: string;
  title?: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Withdraw".
 */
export interface Withdraw {
  type: "withdraw";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  reason?: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Accept".
 */
export interface Accept {
  type: "accept";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
}
/**
 * Not taken; ``reason`` is what the delegation is told.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Decline".
 */
export interface Decline {
  type: "decline";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  reason?: string;
}
/**
 * Not now: off the order, and back by ``unpark``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Park".
 */
export interface Park {
  type: "park";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Unpark".
 */
export interface Unpark {
  type: "unpark";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
}
/**
 * Sorting leaves it where it is.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Pin".
 */
export interface Pin {
  type: "pin";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectPlace;
}
/**
 * A request's place on the list, counted from 0.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectPlace".
 */
export interface ExpectPlace {
  request: string;
  place: number;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Unpin".
 */
export interface Unpin {
  type: "unpin";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectPlace;
}
/**
 * When a person can speak: from, until. None leaves that side open.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetWindow".
 */
export interface SetWindow {
  type: "set_window";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  not_before?: number | null;
  not_after?: number | null;
}
/**
 * A delegation offers another its place, for the other's.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "OfferSwap".
 */
export interface OfferSwap {
  type: "offer_swap";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  wanted: string;
}
/**
 * The other delegation's yes or no; from who offered, a no takes it back.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "AnswerSwap".
 */
export interface AnswerSwap {
  type: "answer_swap";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  swap: string;
  accept: boolean;
}
/**
 * The operator lets an accepted swap happen, or vetoes it at any stage.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SettleSwap".
 */
export interface SettleSwap {
  type: "settle_swap";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  swap: string;
  allow: boolean;
}
/**
 * Put delegations or persons on a list, in the order given. ``at`` is a place counted from 0; without it the order of the list decides. Someone who is on the list already is left where they are and named in the result (``already``), so that a pasted list can be pasted again.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Insert".
 */
export interface Insert {
  type: "insert";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  list: string;
  /**
   * @minItems 1
   * @maxItems 400
   */
  entries: [Entry, ...Entry[]];
  at?: number | null;
}
/**
 * One line that an operator puts on a list.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Entry".
 */
export interface Entry {
  delegation?: string | null;
  group?: string | null;
  group_text?: string;
  kind?:
    | "answer"
    | "chair"
    | "concerned_party"
    | "explanation_of_vote"
    | "group_statement"
    | "introduction"
    | "point_of_order"
    | "procedural_motion"
    | "programme"
    | "question"
    | "response"
    | "right_of_reply"
    | "secretariat"
    | "statement"
    | "technical";
  label?: string;
  person?: Person | null;
  language?: string;
  channel?: "chat" | "desk" | "email" | "pad" | "paper" | "phone" | "platform";
  note?: string;
  limit_s?: number | null;
  addressed?: string[];
  not_before?: number | null;
  not_after?: number | null;
  rank?:
    | (
        | "chair_of_delegation"
        | "crown_prince"
        | "deputy_prime_minister"
        | "head_of_government"
        | "head_of_state"
        | "minister"
        | "vice_minister"
        | "vice_president"
      )
    | null;
  side?: ("against" | "for") | null;
  motion?:
    | (
        | "adjourn_debate"
        | "adjourn_meeting"
        | "close_debate"
        | "other"
        | "suspend_meeting"
      )
    | null;
  on?: string | null;
  item?: string | null;
  to?: string | null;
  media_s?: number;
  national_capacity?: boolean;
  override?: boolean;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Move".
 */
export interface Move {
  type: "move";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  to: number;
  expect: ExpectPlace;
}
/**
 * Give the floor. A second call to one who is called already calls again.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Call".
 */
export interface Call {
  type: "call";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  expect: ExpectHead;
}
/**
 * The head of the running list: the first that is not yet called.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectHead".
 */
export interface ExpectHead {
  head: string | null;
}
/**
 * On the chair's word a point of order, motion or response gets the floor. It stands over whoever speaks, whose clock does what the profile says of the kind.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Recognise".
 */
export interface Recognise {
  type: "recognise";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  expect: ExpectTop;
}
/**
 * Who is on top of the floor, if anybody, as the screen showed it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectTop".
 */
export interface ExpectTop {
  floor: string | null;
}
/**
 * The chair's ruling on a point of order, or what became of a motion. ``then`` says how the interrupted speaker goes on: with what was left, not yet, or not at all (the ruling ends the intervention).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Rule".
 */
export interface Rule {
  type: "rule";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  intervention: string;
  ruling: "carried" | "lost" | "not_upheld" | "noted" | "upheld" | "withdrawn";
  appeal?: ("ruling_overturned" | "ruling_stands") | null;
  note?: string;
  then?: "end" | "go_on" | "wait";
}
/**
 * The presider speaks: a row of the record, at once, outside the list.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ChairRemarks".
 */
export interface ChairRemarks {
  type: "chair_remarks";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectTop;
}
/**
 * The speaker begins again with the whole limit.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ResetClock".
 */
export interface ResetClock {
  type: "reset_clock";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectFloor;
}
/**
 * Who is on the floor, and how far.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectFloor".
 */
export interface ExpectFloor {
  intervention: string;
  phase: "called" | "paused" | "speaking";
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Ready".
 */
export interface Ready {
  type: "ready";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectFloor;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Start".
 */
export interface Start {
  type: "start";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectFloor;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Pause".
 */
export interface Pause {
  type: "pause";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason:
    | "audio"
    | "connection"
    | "emergency"
    | "interpretation"
    | "interruption"
    | "other"
    | "platform"
    | "suspension"
    | "video";
  expect: ExpectFloor;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "LineLost".
 */
export interface LineLost {
  type: "line_lost";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectFloor;
}
/**
 * Go on. ``credit_s`` gives time back; without it the profile's credit.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Resume".
 */
export interface Resume {
  type: "resume";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  credit_s?: number | null;
  expect: ExpectFloor;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Extend".
 */
export interface Extend {
  type: "extend";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  seconds: number;
  rest?: boolean;
  expect: ExpectFloor;
}
/**
 * Answer for the downtime of the server: give back ``ms``, or 0 for none.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Credit".
 */
export interface Credit {
  type: "credit";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  ms: number;
  expect: ExpectFloor;
}
/**
 * The intervention is over; ``returns`` keeps what is left for later.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "End".
 */
export interface End {
  type: "end";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  returns?: boolean;
  expect: ExpectFloor;
}
/**
 * Nobody answered. ``drop`` takes the delegation off the list.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "NoShow".
 */
export interface NoShow {
  type: "no_show";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  drop?: boolean;
  expect: ExpectFloor;
}
/**
 * Take the floor back. After a mistake ``counts`` says what was said stands.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Revoke".
 */
export interface Revoke {
  type: "revoke";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason: "mistake" | "order" | "security" | "time";
  counts?: boolean;
  expect: ExpectFloor;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Undo".
 */
export interface Undo {
  type: "undo";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectAction;
}
/**
 * The action that the undo button named, by its commit.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectAction".
 */
export interface ExpectAction {
  action: number;
}
/**
 * Say who speaks and in which language. Fields left out stay as they are.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "NameSpeaker".
 */
export interface NameSpeaker {
  type: "name_speaker";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
  person?: Person | null;
  language?: string | null;
  rank?:
    | (
        | "chair_of_delegation"
        | "crown_prince"
        | "deputy_prime_minister"
        | "head_of_government"
        | "head_of_state"
        | "minister"
        | "vice_minister"
        | "vice_president"
      )
    | null;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ConfirmName".
 */
export interface ConfirmName {
  type: "confirm_name";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  request: string;
}
/**
 * Write a note, or change one: a field that is left out stays as it is. ``version`` is the one that was read. What somebody else has changed since is not written over; tags and questions are added and taken away one by one, so that these always merge. Without ``note`` a rapporteur's is the one of its intervention.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "WriteNote".
 */
export interface WriteNote {
  type: "note";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  note?: string | null;
  intervention?: string | null;
  request?: string | null;
  text?: string | null;
  tags?: TagEdit | null;
  questions?: QuestionEdit | null;
  follow_up?: boolean | null;
  document?: string | null;
  version?: number;
}
/**
 * Tags that a row gets, and tags that are taken away; the others stay.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "TagEdit".
 */
export interface TagEdit {
  /**
   * @maxItems 100
   */
  add?: string[];
  /**
   * @maxItems 100
   */
  drop?: string[];
}
/**
 * The same of guiding questions, by their numbers in the programme.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "QuestionEdit".
 */
export interface QuestionEdit {
  /**
   * @maxItems 100
   */
  add?: number[];
  /**
   * @maxItems 100
   */
  drop?: number[];
}
/**
 * A correction for the record, in writing: it goes to the log (RULES 4). With ``person`` or ``capacity`` it proposes how the own row should read.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Correct".
 */
export interface Correct {
  type: "correct";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  intervention: string;
  text: string;
  person?: Person | null;
  capacity?: Capacity | null;
}
/**
 * For whom somebody speaks: a group, or with neither the own delegation.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Capacity".
 */
export interface Capacity {
  group?: string | null;
  group_text?: string;
}
/**
 * The secretariat accepts a correction that was filed, or declines it, saying why. With the yes the row reads as it was proposed.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SettleCorrection".
 */
export interface SettleCorrection {
  type: "settle_correction";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  correction: string;
  accept: boolean;
  reason?: string;
}
/**
 * Until then delegations file corrections after the meeting; None: no longer.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "OpenCorrections".
 */
export interface OpenCorrections {
  type: "open_corrections";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  until: number | null;
  expect: ExpectState;
}
/**
 * A finished row names its speaker otherwise from now on; times never change.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CorrectRow".
 */
export interface CorrectRow {
  type: "correct_row";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  person?: Person | null;
  capacity?: Capacity | null;
  reason: string;
  expect: ExpectRow;
}
/**
 * A row of the record, and how often it had been corrected on the screen.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectRow".
 */
export interface ExpectRow {
  intervention: string;
  corrections: number;
}
/**
 * Draw a conclusion ``under`` a heading, at its end, or change one. As with a note, what is left out stays and ``version`` is the one that was read. A text that is changed is no longer agreed, unless the same command says so.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "WriteConclusion".
 */
export interface WriteConclusion {
  type: "write_conclusion";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  conclusion?: string | null;
  under?: Heading | null;
  text?: string | null;
  agreed?: boolean | null;
  interventions?: SupportEdit | null;
  version?: number;
}
/**
 * Where a conclusion stands: a segment, and a guiding question if it is of one.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Heading".
 */
export interface Heading {
  segment: string;
  question?: number | null;
}
/**
 * Interventions that support a conclusion, and such as no longer do.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SupportEdit".
 */
export interface SupportEdit {
  /**
   * @maxItems 200
   */
  add?: string[];
  /**
   * @maxItems 200
   */
  drop?: string[];
}
/**
 * To another place under its heading, or ``under`` another.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "MoveConclusion".
 */
export interface MoveConclusion {
  type: "move_conclusion";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  to: number;
  under?: Heading | null;
  expect: ExpectConclusionPlace;
}
/**
 * The place of a conclusion under its heading, counted from 0.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectConclusionPlace".
 */
export interface ExpectConclusionPlace {
  conclusion: string;
  place: number;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "DropConclusion".
 */
export interface DropConclusion {
  type: "drop_conclusion";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectConclusion;
}
/**
 * A conclusion as it was read.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectConclusion".
 */
export interface ExpectConclusion {
  conclusion: string;
  version: number;
}
/**
 * The conclusions are the chair's and the last speaker's: fixed from now on.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "HandOver".
 */
export interface HandOver {
  type: "hand_over";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  expect: ExpectHandOver;
}
/**
 * When the conclusions had been handed over, as the screen showed it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectHandOver".
 */
export interface ExpectHandOver {
  handed_over_at: number | null;
}
/**
 * They can be changed again, and the addendum is one with them.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ReopenConclusions".
 */
export interface ReopenConclusions {
  type: "reopen_conclusions";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason: string;
  expect: ExpectHandOver;
}
/**
 * Show agreed conclusions to everyone, or to everyone no longer.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ReleaseConclusions".
 */
export interface ReleaseConclusions {
  type: "release_conclusions";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  released: boolean;
  /**
   * @minItems 1
   * @maxItems 200
   */
  expect: [ExpectConclusion, ...ExpectConclusion[]];
}
/**
 * A released conclusion takes the displays; with None they go back to the floor.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ShowConclusion".
 */
export interface ShowConclusion {
  type: "show_conclusion";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  conclusion: string | null;
  expect: ExpectShown;
}
/**
 * The conclusion that stood large on the displays; None where none did.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectShown".
 */
export interface ExpectShown {
  conclusion: string | null;
}
/**
 * These pictures, and the page of the meeting, are public; nothing else of them.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Publish".
 */
export interface Publish {
  type: "publish";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  published: (
    | "list_length"
    | "page"
    | "time_by_delegation"
    | "time_by_group"
    | "time_by_kind"
    | "timeline"
  )[];
  expect: ExpectPublished;
}
/**
 * What was public on the screen.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectPublished".
 */
export interface ExpectPublished {
  published: (
    | "list_length"
    | "page"
    | "time_by_delegation"
    | "time_by_group"
    | "time_by_kind"
    | "timeline"
  )[];
}
/**
 * Forget who the persons were, for good; the chain of commits stays whole.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ErasePersons".
 */
export interface ErasePersons {
  type: "erase_persons";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason: string;
  expect: ExpectState;
}
/**
 * A line among chair, operators and desk: a stock phrase, or a short text.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SendMessage".
 */
export interface SendMessage {
  type: "message";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  phrase?: string;
  text?: string;
  delegation?: string | null;
}
/**
 * The desk's check of a delegation: sound, camera, name, text, in the room.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Tick".
 */
export interface Tick {
  type: "tick";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  delegation: string;
  check: "camera" | "name" | "room" | "sound" | "text";
  ok: boolean;
}
/**
 * These were there: ticked by hand, or from the platform's report.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "MarkAttendance".
 */
export interface MarkAttendance {
  type: "mark_attendance";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  /**
   * @minItems 1
   * @maxItems 1000
   */
  delegations: [string, ...string[]];
  source?: "report" | "tick";
}
/**
 * How a delegation is reached: for the list of those who were not heard.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SetContact".
 */
export interface SetContact {
  type: "set_contact";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  delegation: string;
  contact?: string;
}
/**
 * Absent or suspended: keeps its place, is not called until this is cleared.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "FlagDelegation".
 */
export interface FlagDelegation {
  type: "flag_delegation";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  delegation: string;
  flag: ("absent" | "suspended") | null;
  reason?: string;
}
/**
 * From now on this operator acts; from somebody else only with a reason.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "TakeGavel".
 */
export interface TakeGavel {
  type: "take_gavel";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  reason?: string;
  expect: ExpectGavel;
}
/**
 * Who held the gavel on the screen.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ExpectGavel".
 */
export interface ExpectGavel {
  holder: string | null;
}
/**
 * Hand the gavel to another operator's link, or put it down.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "HandGavel".
 */
export interface HandGavel {
  type: "hand_gavel";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  to: string | null;
  expect: ExpectGavel;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Announce".
 */
export interface Announce {
  type: "announce";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  text: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ClearAnnouncement".
 */
export interface ClearAnnouncement {
  type: "clear_announcement";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  announcement: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ClearSignal".
 */
export interface ClearSignal {
  type: "clear_signal";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  signal: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "RevokeLink".
 */
export interface RevokeLink {
  type: "revoke_link";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  link: string;
}
/**
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "RenewLink".
 */
export interface RenewLink {
  type: "renew_link";
  id: string;
  asked_at?: number | null;
  valid_ms?: number | null;
  link: string;
}
/**
 * Done, as commit ``seq``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Ok".
 */
export interface Ok {
  outcome: "ok";
  seq: number;
  result: {
    [k: string]: unknown;
  };
}
/**
 * Not done, and why: a stable code and a sentence in the reader's language.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "No".
 */
export interface No {
  outcome: "no";
  code:
    | (
        | "already_on_list"
        | "bad_place"
        | "bad_profile"
        | "bad_time"
        | "conclusion_fixed"
        | "corrections_closed"
        | "delegation_flagged"
        | "depth_reached"
        | "empty"
        | "expired"
        | "extension_cap"
        | "floor_idle"
        | "floor_occupied"
        | "id_reused"
        | "in_writing"
        | "internal"
        | "kind_not_admitted"
        | "list_closed"
        | "list_has_live_entries"
        | "list_not_open"
        | "list_takes_no_requests"
        | "max_replies"
        | "max_responses"
        | "max_statements"
        | "meeting_running"
        | "no_gavel"
        | "no_such_entity"
        | "not_agreed"
        | "not_enabled"
        | "not_entitled"
        | "not_in_roster"
        | "not_on_list"
        | "not_permitted"
        | "not_your_delegation"
        | "nothing_to_draw"
        | "nothing_to_undo"
        | "own_link"
        | "read_only"
        | "reason_needed"
        | "round_not_possible"
        | "ruling_pending"
        | "stale"
        | "swap_not_possible"
        | "too_long"
        | "undo_overtaken"
        | "undo_too_late"
        | "wrong_meeting_state"
        | "wrong_phase"
      )
    | ("malformed" | "not_kept");
  message: string;
  current: {
    [k: string]: unknown;
  };
}
/**
 * Not known yet: send the same command again after ``retry_ms``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Wait".
 */
export interface Wait {
  outcome: "wait";
  retry_ms: number;
}
export interface ServerEvents {
  welcome: Welcome;
  delta: Delta;
  beat: Beat;
  mine: MineFrame;
  here: Here;
  bye: Bye;
}
/**
 * First message after CONNECT. ``state`` is None when ``mode`` is ``resume``. With the reason ``epoch`` the past is another than the client was shown: ``lost`` says which numbers are gone, ``not_kept`` are the ids of this link's commands that had been answered with ok and are gone with them. ``stalled`` as in :class:`Beat`. ``connection`` is the client's own name among those who are :class:`Here`.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Welcome".
 */
export interface Welcome {
  protocol: number;
  build: string;
  epoch: string;
  seq: number;
  chain: string;
  mode: "resume" | "snapshot";
  reason: ("diverged" | "epoch" | "first" | "too_old") | null;
  state: State | null;
  mine: Mine | null;
  now: number;
  you: You;
  spread_ms: number;
  unattended: boolean;
  stalled: boolean;
  lost: Lost | null;
  not_kept: string[];
  connection: string;
}
/**
 * A whole view: every collection of the audience, and the order of each list.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "State".
 */
export interface State {
  collections: {
    [k: string]: {
      [k: string]: {
        [k: string]: unknown;
      };
    };
  };
  order: {
    [k: string]: string[];
  };
}
/**
 * What a delegation sees of its own, always whole. ``requests`` are its live ones in full; ``places`` only where the list is not shown to all; ``floor`` its own call or intervention, from the call on; ``ended`` its last request that ended without being heard, with what the pad may say of it.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Mine".
 */
export interface Mine {
  delegation: string;
  requests: {
    [k: string]: RequestEntity;
  };
  places: {
    [k: string]: number;
  };
  floor: FloorEntity | null;
  signals: string[];
  ended: EndedRequest | null;
  swaps: SwapEntity[];
  replies: {
    [k: string]: number;
  };
  flag: ("absent" | "suspended") | null;
  corrections: FiledCorrection[];
}
/**
 * A live request, or a panellist at any stage. ``person`` is public once ``confirmed``. ``status`` is ``queued`` or ``called`` to staff, always ``queued`` to others (a call is not public before the clock starts); a panellist who has the floor or has spoken is ``done``. ``cost_ms`` is what the entry adds to a forecast.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "RequestEntity".
 */
export interface RequestEntity {
  id: string;
  list: string;
  kind:
    | "answer"
    | "chair"
    | "concerned_party"
    | "explanation_of_vote"
    | "group_statement"
    | "introduction"
    | "point_of_order"
    | "procedural_motion"
    | "programme"
    | "question"
    | "response"
    | "right_of_reply"
    | "secretariat"
    | "statement"
    | "technical";
  delegation: string | null;
  group: string | null;
  group_text: string;
  label: string;
  person: Person | null;
  language: string;
  registered_at: number;
  number: number;
  status: "called" | "deferred" | "done" | "late" | "queued" | "requested";
  told?: boolean;
  limit_ms: number;
  cost_ms: number;
  addressed: string[];
  answers: string[];
  unanswered: boolean;
  why: string[];
  rank:
    | (
        | "chair_of_delegation"
        | "crown_prince"
        | "deputy_prime_minister"
        | "head_of_government"
        | "head_of_state"
        | "minister"
        | "vice_minister"
        | "vice_president"
      )
    | null;
  side: ("against" | "for") | null;
  motion:
    | (
        | "adjourn_debate"
        | "adjourn_meeting"
        | "close_debate"
        | "other"
        | "suspend_meeting"
      )
    | null;
  on: string | null;
  item: string | null;
  to: string | null;
  turn: number;
  media_ms: number;
  national_capacity: boolean;
  confirmed?: boolean;
  trigger?: string | null;
  override?: boolean;
  group_confirmed?: boolean;
  channel?: "chat" | "desk" | "email" | "pad" | "paper" | "phone" | "platform";
  told_at?: number | null;
  fixed?: boolean;
  returns?: number;
  remaining?: boolean;
  not_before?: number | null;
  not_after?: number | null;
  note?: string;
  device?: string;
  after_closure?: boolean;
}
/**
 * Who has the floor: one for each height of the stack, id = the intervention. The clock: while ``running_since`` is set the time left at instant t is ``allotted_ms - used_ms - (t - running_since)``; else ``allotted_ms - used_ms``. The warning begins when ``warn_ms`` are left. ``one_moment`` says that the line was lost and the speaker will go on. Phase ``called`` is shown to staff only (and to the delegation itself, in ``mine``).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "FloorEntity".
 */
export interface FloorEntity {
  id: string;
  request: string;
  delegation: string | null;
  group: string | null;
  group_text: string;
  kind:
    | "answer"
    | "chair"
    | "concerned_party"
    | "explanation_of_vote"
    | "group_statement"
    | "introduction"
    | "point_of_order"
    | "procedural_motion"
    | "programme"
    | "question"
    | "response"
    | "right_of_reply"
    | "secretariat"
    | "statement"
    | "technical";
  label: string;
  person: Person | null;
  language: string;
  segment: string;
  phase: "called" | "paused" | "speaking";
  started_at: number | null;
  limit_ms: number;
  allotted_ms: number;
  used_ms: number;
  running_since: number | null;
  held_since: number | null;
  warn_ms: number;
  one_moment: boolean;
  over: string | null;
  depth: number;
  turn: number;
  to: string | null;
  motion:
    | (
        | "adjourn_debate"
        | "adjourn_meeting"
        | "close_debate"
        | "other"
        | "suspend_meeting"
      )
    | null;
  side: ("against" | "for") | null;
  media_ms: number;
  national_capacity: boolean;
  confirmed?: boolean;
  reason?:
    | (
        | "audio"
        | "connection"
        | "emergency"
        | "interpretation"
        | "interruption"
        | "other"
        | "platform"
        | "suspension"
        | "video"
      )
    | null;
  cut_at?: number | null;
  called_at?: number;
  attempts?: number[];
  ready_at?: number | null;
  ready_by?: string;
  line_lost?: boolean;
}
/**
 * A request that is no longer on the list: by whom, in words a pad may show.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "EndedRequest".
 */
export interface EndedRequest {
  id: string;
  list: string;
  how:
    | "carried"
    | "contact_secretariat"
    | "declined"
    | "heard"
    | "removed"
    | "time_did_not_permit"
    | "withdrawn_by_you"
    | "written_only";
  at: number;
  kind:
    | "answer"
    | "chair"
    | "concerned_party"
    | "explanation_of_vote"
    | "group_statement"
    | "introduction"
    | "point_of_order"
    | "procedural_motion"
    | "programme"
    | "question"
    | "response"
    | "right_of_reply"
    | "secretariat"
    | "statement"
    | "technical";
  text: string;
}
/**
 * Two delegations want to change places. Staff, and the two in ``mine``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SwapEntity".
 */
export interface SwapEntity {
  id: string;
  offered: string;
  wanted: string;
  offered_by: string | null;
  wanted_from: string | null;
  at: number;
  accepted: boolean;
}
/**
 * A correction that a delegation has filed; ``answer`` is the secretariat's.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "FiledCorrection".
 */
export interface FiledCorrection {
  id: string;
  intervention: string;
  text: string;
  at: number;
  proposed: Reading | null;
  settled: ("accepted" | "declined") | null;
  answer: string;
}
/**
 * Whom a row names, and for whom: what a correction changes. None is "as the request has it": of the person, and of the capacity where there is no ``kind``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Reading".
 */
export interface Reading {
  person?: Person | null;
  kind?:
    | (
        | "answer"
        | "chair"
        | "concerned_party"
        | "explanation_of_vote"
        | "group_statement"
        | "introduction"
        | "point_of_order"
        | "procedural_motion"
        | "programme"
        | "question"
        | "response"
        | "right_of_reply"
        | "secretariat"
        | "statement"
        | "technical"
      )
    | null;
  group?: string | null;
  group_text?: string;
}
/**
 * Who the server takes this client for. ``commands`` is what it may send.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "You".
 */
export interface You {
  role:
    | "chair"
    | "delegate"
    | "desk"
    | "display"
    | "moderator"
    | "rapporteur"
    | "viewer";
  audience: "public" | "record" | "staff";
  link: string;
  delegation: string | null;
  device: string;
  lang: string;
  commands: string[];
}
/**
 * The commits after ``after`` up to ``until`` are gone; others may follow there.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Lost".
 */
export interface Lost {
  after: number;
  until: number;
}
/**
 * What changed from one seq to a later one, for one audience. A client accepts it only if ``from`` is its own seq. Put the whole entities of ``set``, change the fields in ``patch``, take away what is in ``drop``, then apply the splices of ``order`` in turn: the ``count`` of a list on which somebody is left is then how many stand there. What is empty is left out, and of an entity what is usual (:mod:`rostra.protocol.brief`). The epoch is that of the last welcome.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Delta".
 */
export interface Delta {
  from: number;
  seq: number;
  chain: string;
  set?: {
    [k: string]: {
      [k: string]: {
        [k: string]: unknown;
      };
    };
  };
  patch?: {
    [k: string]: {
      [k: string]: {
        [k: string]: unknown;
      };
    };
  };
  drop?: {
    [k: string]: string[];
  };
  order?: {
    [k: string]: (number | string)[][];
  };
}
/**
 * The server is there, and at which seq. ``unattended`` says that no operator is connected: the floor stays as it is. ``stalled`` that the journal takes nothing at the moment: what is shown may be old, and every command is answered with wait.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Beat".
 */
export interface Beat {
  from: number;
  seq: number;
  chain: string;
  unattended: boolean;
  stalled: boolean;
}
/**
 * A delegation's own layer at *seq*, to be applied once that seq is reached.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "MineFrame".
 */
export interface MineFrame {
  seq: number;
  state: Mine;
}
/**
 * Who is connected, at most once a second; whole when ``n`` is 0. Staff is told of everybody, rapporteurs of rapporteurs, nobody else of anyone.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Here".
 */
export interface Here {
  n: number;
  set: {
    [k: string]: Present;
  };
  drop: string[];
}
/**
 * A connected device. ``id`` names the connection, not the person. ``server`` is the name of the server it is on, where there are several. ``row`` is the row of the record in which a rapporteur or an operator works, ``label`` what a rapporteur's link is called; of others it is empty.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Present".
 */
export interface Present {
  id: string;
  link: string;
  role:
    | "chair"
    | "delegate"
    | "desk"
    | "display"
    | "moderator"
    | "rapporteur"
    | "viewer";
  delegation: string | null;
  device: string;
  since: number;
  server: string;
  row: string | null;
  label: string;
}
/**
 * The server closes. Come back after ``retry_ms``, or not at all (None).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Bye".
 */
export interface Bye {
  code: "expired" | "reload" | "restarting" | "revoked" | "slow";
  retry_ms: number | null;
}
export interface Entities {
  meeting: MeetingEntity;
  segments: SegmentEntity;
  lists: ListEntity;
  requests: RequestEntity;
  floor: FloorEntity;
  interventions: InterventionEntity;
  delegations: DelegationEntity;
  notes: NoteEntity;
  announcements: AnnouncementEntity;
  signals: SignalEntity;
  links: LinkEntity;
  messages: MessageEntity;
  swaps: SwapEntity;
  conclusions: ConclusionEntity;
  attendance: AttendanceEntity;
}
/**
 * The meeting itself; the only entity of its collection, id ``meeting``. ``starts_at`` and ``ends_at`` are None where the programme says "to be announced". ``downtime_ms`` > 0 asks the console whether the speech went on while the server was away. ``reserve_ms`` is what a forecast keeps for later segments. ``unheard`` are, once it rose, the delegations that asked and were not heard. ``losses`` say when the journal lost a part of the past, and which commits.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "MeetingEntity".
 */
export interface MeetingEntity {
  id: "meeting";
  title: string;
  theme: string;
  event: string;
  state: "archived" | "in_session" | "lobby" | "rose" | "scheduled" | "suspended";
  segment: string | null;
  starts_at: number | null;
  ends_at: number | null;
  zone: string;
  questions: string[];
  called_to_order_at: number | null;
  resume_at: number | null;
  rose_at: number | null;
  roster: string;
  rules: Rules;
  reserve_ms: number;
  written_until: number | null;
  losses: Loss[];
  corrections_until: number | null;
  published: (
    | "list_length"
    | "page"
    | "time_by_delegation"
    | "time_by_group"
    | "time_by_kind"
    | "timeline"
  )[];
  conclusion_shown: string | null;
  tags?: TagKey[];
  handed_over_at?: number | null;
  erased_at?: number | null;
  gavel?: Gavel | null;
  day?: number;
  unheard?: string[];
  action?: ActionEntity | null;
  downtime_ms?: number;
  suspended_reason?: string;
  profile?: Profile;
}
/**
 * What every screen needs of the profile.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Rules".
 */
export interface Rules {
  title: string;
  enforcement: "firm" | "hard" | "soft";
  show_list: "all" | "count" | "own_place";
  on_deck: number;
  overhead_ms: number;
  extension_cap_percent: number;
  park: boolean;
  swaps: "auto" | "confirm" | "off";
  late_tray: boolean;
  replies: Replies | null;
  interruptions: {
    [k: string]: Interruption;
  };
  media_intro_ms: number;
  grace_ms: number;
}
/**
 * The right of reply: its limits in turn, and when replies are heard (RULES 2).
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Replies".
 */
export interface Replies {
  limits_s?: number[];
  place?: "end_of_day" | "end_of_item" | "end_of_meeting";
  second?: "all" | "involved";
  in_writing_to?: (
    | "chair_of_delegation"
    | "crown_prince"
    | "deputy_prime_minister"
    | "head_of_government"
    | "head_of_state"
    | "minister"
    | "vice_minister"
    | "vice_president"
  )[];
}
/**
 * What one kind of interruption may do (RULES 4). ``clock`` is what happens to the clock beneath: ``hold`` goes on by itself when the interruption is over (and ruled on), ``stop`` waits for the operator, ``run_on`` does not stand at all. ``when`` is whether it waits for the end of an intervention.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Interruption".
 */
export interface Interruption {
  enabled?: boolean;
  clock?: "hold" | "run_on" | "stop";
  when?: "at_once" | "between";
  ruling?: boolean;
  counts?: boolean;
  per_trigger?: number | null;
}
/**
 * The journal had lost what came after commit ``after`` up to ``until``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Loss".
 */
export interface Loss {
  at: number;
  after: number;
  until: number;
}
/**
 * Who alone may act, where the profile wants one hand.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Gavel".
 */
export interface Gavel {
  link: string;
  at: number;
  reason?: string;
}
/**
 * What the undo button would take back. ``until`` is None while it has no end.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ActionEntity".
 */
export interface ActionEntity {
  seq: number;
  type: string;
  at: number;
  until: number | null;
  request: string | null;
  list: string | null;
  segment: string | null;
}
/**
 * The rules of one kind of meeting. Times are in seconds.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Profile".
 */
export interface Profile {
  format?: number;
  id: string;
  title: string;
  limits: {
    [k: string]: {
      [k: string]: number;
    };
  };
  warn?: Warn[];
  enforcement?: "firm" | "hard" | "soft";
  grace_s?: number;
  order?:
    | "alpha_from_lot"
    | "alternate"
    | "arrival"
    | "fixed"
    | "least_spoken"
    | "lot"
    | "manual"
    | "protocol_rank"
    | "regional_rotation";
  modifiers?: ("first_time_first" | "groups_first")[];
  tiers?: {
    [k: string]: number;
  };
  ranks?: {
    [k: string]: number;
  };
  late_within_tier?: boolean;
  spokesperson_gap?: number;
  state_of_palestine?: "after_members" | "order_of_request";
  on_deck?: number;
  lists_open?: "at_lobby" | "at_order" | "by_hand";
  inscribe_while_suspended?: boolean;
  lot_window_min?: number;
  closing?: Closing;
  late_tray?: boolean;
  approval?: boolean;
  park?: boolean;
  keep_place?: boolean;
  swaps?: "auto" | "confirm" | "off";
  max_statements?: number | null;
  carry_over?: boolean;
  unheard?: "expired" | "written_only";
  show_list?: "all" | "count" | "own_place";
  show_regions?: boolean;
  clock_starts?: "at_ready" | "at_start";
  control?: "all" | "gavel";
  gavel_offer_s?: number;
  quorum?: number;
  interruptions?: {
    [k: string]: Interruption;
  };
  interruption_depth?: number;
  replies?: Replies | null;
  limit_step_short_s?: number;
  limit_step_s?: number;
  limit_floor_s?: number;
  media_intro_s?: number;
  auto_hold?: boolean;
  extension_cap_percent?: number;
  line_lost_credit_s?: number;
  pause_credit_s?: number;
  undo_s?: number;
  void_over_s?: number;
  return_after?: number;
  returns?: number;
  no_show?: "end_of_category" | "later";
  round_size?: number;
  call_prompts_s?: number[];
  line_lost_prompt_s?: number;
  pause_prompts_s?: number[];
  over_alarm_s?: number;
  downtime_prompt_s?: number;
  tags?: TagKey[];
  overhead_s?: number;
  reserve_s?: number;
}
/**
 * When lists close by themselves (RULES 3); None is never.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Closing".
 */
export interface Closing {
  after_start_min?: number | null;
  capacity?: number | null;
  before_last?: number | null;
  propose_at_forecast?: boolean;
}
/**
 * A segment of the programme.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SegmentEntity".
 */
export interface SegmentEntity {
  id: string;
  list: string;
  kind:
    | "break"
    | "conclusions"
    | "discussion"
    | "keynote"
    | "opening"
    | "panel"
    | "perspectives";
  title: string;
  state: "done" | "running" | "upcoming";
  presider: Presider;
  questions: number[];
  requests: boolean;
  kinds: string[];
  public_clock: boolean;
  attributed: boolean;
  panellists: string[];
  phase:
    | "adjourned_debate"
    | "closed_debate"
    | "concerned_party"
    | "concluded"
    | "debate"
    | "explanation_after"
    | "explanation_before"
    | "introduction"
    | "panel_replies"
    | "reply_1"
    | "reply_2"
    | "voting";
  replies: string;
  planned_at?: number | null;
  planned_ms?: number | null;
  started_at?: number | null;
  ended_at?: number | null;
}
/**
 * Who chairs a segment, for the record and the prompter.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Presider".
 */
export interface Presider {
  name?: string;
  function?: string;
}
/**
 * A list of speakers. Its order crosses beside it, spliced (``order``). ``count`` is the number of live requests; ``round`` and ``heard`` are a panel's.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ListEntity".
 */
export interface ListEntity {
  id: string;
  segment: string | null;
  purpose: "points" | "replies" | "speakers";
  state: "closed" | "closing" | "lot_window" | "not_open" | "open";
  generation: number;
  opens_at: number | null;
  closes_at: number | null;
  closed_at: number | null;
  basis: string;
  policy:
    | "alpha_from_lot"
    | "alternate"
    | "arrival"
    | "fixed"
    | "least_spoken"
    | "lot"
    | "manual"
    | "protocol_rank"
    | "regional_rotation";
  modifiers: ("first_time_first" | "groups_first")[];
  count: number;
  round: number;
  heard: string[];
  round_size: number;
  lot_until: number | null;
  commitment: string;
  draw: Draw | null;
  auto_close_at: number | null;
  limits_s: {
    [k: string]: number;
  };
  limits_set_at: number | null;
  requested?: string[];
  late?: string[];
  deferred?: string[];
}
/**
 * A draw by lot that was made, with all that it takes to make it again. ``inputs`` are the entries drawn from, ``order`` what came out; ``letter`` and ``region`` are set where these were drawn instead.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Draw".
 */
export interface Draw {
  number: number;
  at: number;
  policy:
    | "alpha_from_lot"
    | "alternate"
    | "arrival"
    | "fixed"
    | "least_spoken"
    | "lot"
    | "manual"
    | "protocol_rank"
    | "regional_rotation";
  seed: string;
  inputs: string[];
  order?: string[];
  letter?: string;
  region?: string;
}
/**
 * A row of the record. ``n`` counts delivered rows from 1; 0 is a voided one.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "InterventionEntity".
 */
export interface InterventionEntity {
  id: string;
  n: number;
  delegation: string | null;
  group: string | null;
  group_text: string;
  kind:
    | "answer"
    | "chair"
    | "concerned_party"
    | "explanation_of_vote"
    | "group_statement"
    | "introduction"
    | "point_of_order"
    | "procedural_motion"
    | "programme"
    | "question"
    | "response"
    | "right_of_reply"
    | "secretariat"
    | "statement"
    | "technical";
  label: string;
  person: Person | null;
  language: string;
  segment: string;
  started_at: number;
  ended_at: number;
  used_ms: number;
  limit_ms: number;
  allotted_ms: number;
  addressed: string[];
  unanswered: boolean;
  over: string | null;
  turn: number;
  to: string | null;
  motion:
    | (
        | "adjourn_debate"
        | "adjourn_meeting"
        | "close_debate"
        | "other"
        | "suspend_meeting"
      )
    | null;
  side: ("against" | "for") | null;
  media_ms: number;
  national_capacity: boolean;
  ruling: ("carried" | "lost" | "not_upheld" | "noted" | "upheld" | "withdrawn") | null;
  appeal: ("ruling_overturned" | "ruling_stands") | null;
  ruling_note?: string;
  rank?:
    | (
        | "chair_of_delegation"
        | "crown_prince"
        | "deputy_prime_minister"
        | "head_of_government"
        | "head_of_state"
        | "minister"
        | "vice_minister"
        | "vice_president"
      )
    | null;
  request?: string;
  confirmed?: boolean;
  held_ms?: number;
  holds?: HoldEntity[];
  resume_of?: string | null;
  phase?:
    | "adjourned_debate"
    | "closed_debate"
    | "concerned_party"
    | "concluded"
    | "debate"
    | "explanation_after"
    | "explanation_before"
    | "introduction"
    | "panel_replies"
    | "reply_1"
    | "reply_2"
    | "voting";
  corrections?: CorrectionEntity[];
  outcome?: "delivered" | "order" | "returned" | "security" | "time" | "voided";
  counted?: boolean;
  channel?: "chat" | "desk" | "email" | "pad" | "paper" | "phone" | "platform";
  ended_by?: ("delegation" | "operator") | null;
}
/**
 * A pause that is over.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "HoldEntity".
 */
export interface HoldEntity {
  reason:
    | "audio"
    | "connection"
    | "emergency"
    | "interpretation"
    | "interruption"
    | "other"
    | "platform"
    | "suspension"
    | "video";
  since: number;
  until: number;
}
/**
 * A row was corrected; ``was`` is how it read until then.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "CorrectionEntity".
 */
export interface CorrectionEntity {
  at: number;
  reason: string;
  was: Reading;
}
/**
 * Totals of a voice that has spoken: a code, or ``group:CODE``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "DelegationEntity".
 */
export interface DelegationEntity {
  id: string;
  interventions: number;
  spoken_ms: number;
}
/**
 * A note; ``scope`` record is the rapporteurs' and staff's, staff staff's only. ``questions`` are numbers of the meeting's guiding questions, from 1.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "NoteEntity".
 */
export interface NoteEntity {
  id: string;
  intervention: string | null;
  request: string | null;
  scope: "record" | "staff";
  text: string;
  at: number;
  version: number;
  tags: string[];
  questions: number[];
  follow_up: boolean;
  document: string;
  correction: boolean;
  correction_by: string | null;
  proposed: Reading | null;
  settled: ("accepted" | "declined") | null;
  answer: string;
}
/**
 * A sentence for everyone.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "AnnouncementEntity".
 */
export interface AnnouncementEntity {
  id: string;
  text: string;
  at: number;
}
/**
 * A delegation calls for technical help. Staff only.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "SignalEntity".
 */
export interface SignalEntity {
  id: string;
  delegation: string;
  text: string;
  device: string;
  at: number;
}
/**
 * A personal link. Staff only, and never its token.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "LinkEntity".
 */
export interface LinkEntity {
  id: string;
  role:
    | "chair"
    | "delegate"
    | "desk"
    | "display"
    | "moderator"
    | "rapporteur"
    | "viewer";
  delegation: string | null;
  label: string;
  generation: number;
  revoked: boolean;
  expires_at: number | null;
}
/**
 * A line of the back-channel among chair, operators and desk. Staff only.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "MessageEntity".
 */
export interface MessageEntity {
  id: string;
  at: number;
  role:
    | "chair"
    | "delegate"
    | "desk"
    | "display"
    | "moderator"
    | "rapporteur"
    | "viewer";
  link: string;
  phrase: string;
  text: string;
  delegation: string | null;
}
/**
 * A conclusion; to the public once it is released. ``place`` counts from 0 among those under the same segment, guiding question (a number, or None) and part: what was handed over, or the addendum.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ConclusionEntity".
 */
export interface ConclusionEntity {
  id: string;
  segment: string;
  question: number | null;
  place: number;
  text: string;
  addendum: boolean;
  released?: boolean;
  agreed?: boolean;
  interventions?: string[];
  at?: number;
  version?: number;
}
/**
 * The readiness board and who came: one row per delegation. Staff only.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "AttendanceEntity".
 */
export interface AttendanceEntity {
  id: string;
  checks: {
    [k: string]: boolean;
  };
  sources: ("pad" | "report" | "tick")[];
  contact: string;
  flag: ("absent" | "suspended") | null;
  flag_reason: string;
}
/**
 * What a client says at connecting. Without ``token`` a cookie of ``link``.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "Auth".
 */
export interface Auth {
  protocol: number;
  build?: string;
  lang?: string;
  token?: string | null;
  link?: string | null;
  device?: string | null;
  resume?: ResumeFrom | null;
}
/**
 * Where a client's own state stands.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "ResumeFrom".
 */
export interface ResumeFrom {
  epoch: string;
  seq: number;
  chain: string;
}
/**
 * The server's clock, for measuring the offset.
 *
 * This interface was referenced by `Protocol`'s JSON-Schema
 * via the `definition` "TimeAnswer".
 */
export interface TimeAnswer {
  now: number;
}
