/** Entities for tests of the console and the log, whole and plausible. */
import type {
  FloorEntity,
  InterventionEntity,
  ListEntity,
  MeetingEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";

export const NOW = 1_594_395_000_000;

export function aMeeting(over: Partial<MeetingEntity> = {}): MeetingEntity {
  return {
    id: "meeting",
    title: "Closing Discussion",
    theme: "",
    event: "",
    state: "in_session",
    segment: "s1.2",
    starts_at: NOW - 3_600_000,
    ends_at: NOW + 3_600_000,
    zone: "America/New_York",
    questions: [],
    called_to_order_at: NOW - 3_000_000,
    resume_at: null,
    rose_at: null,
    roster: "fictional",
    rules: {
      title: "Web-dialogue",
      enforcement: "firm",
      show_list: "all",
      on_deck: 2,
      overhead_ms: 20_000,
      extension_cap_percent: 100,
    },
    reserve_ms: 300_000,
    action: null,
    downtime_ms: 0,
    suspended_reason: "",
    ...over,
  };
}

export function aSegment(over: Partial<SegmentEntity> = {}): SegmentEntity {
  return {
    id: "s1.2",
    list: "l1.2",
    kind: "discussion",
    title: "Interactive discussion",
    state: "running",
    presider: { name: "Ms. Ada Weir", function: "Chair" },
    questions: [],
    requests: true,
    kinds: ["statement", "group_statement"],
    public_clock: true,
    panellists: [],
    planned_at: null,
    planned_ms: null,
    started_at: null,
    ended_at: null,
    ...over,
  };
}

export function aList(over: Partial<ListEntity> = {}): ListEntity {
  return {
    id: "l1.2",
    segment: "s1.2",
    state: "open",
    generation: 0,
    opens_at: null,
    closes_at: null,
    closed_at: null,
    basis: "",
    policy: "arrival",
    modifiers: [],
    count: 2,
    round: 1,
    heard: [],
    round_size: 0,
    ...over,
  };
}

export function aRequest(
  id: string,
  delegation: string | null,
  over: Partial<RequestEntity> = {},
): RequestEntity {
  return {
    id,
    list: "l1.2",
    kind: "statement",
    delegation,
    group: null,
    group_text: "",
    label: "",
    person: null,
    language: "",
    registered_at: NOW - 600_000,
    number: 1,
    status: "queued",
    told: false,
    limit_ms: 180_000,
    cost_ms: 200_000,
    addressed: [],
    answers: [],
    unanswered: false,
    confirmed: false,
    channel: "desk",
    ...over,
  };
}

export function aFloor(over: Partial<FloorEntity> = {}): FloorEntity {
  return {
    id: "i9.0",
    request: "r1.0",
    delegation: "XAD",
    group: null,
    group_text: "",
    kind: "statement",
    label: "",
    person: null,
    language: "en",
    segment: "s1.2",
    phase: "speaking",
    started_at: NOW - 60_000,
    limit_ms: 180_000,
    allotted_ms: 180_000,
    used_ms: 0,
    running_since: NOW - 60_000,
    held_since: null,
    warn_ms: 30_000,
    one_moment: false,
    confirmed: false,
    reason: null,
    called_at: NOW - 70_000,
    attempts: [NOW - 70_000],
    ready_at: null,
    ready_by: "",
    line_lost: false,
    ...over,
  };
}

export function anIntervention(
  id: string,
  n: number,
  over: Partial<InterventionEntity> = {},
): InterventionEntity {
  return {
    id,
    n,
    delegation: "XAD",
    group: null,
    group_text: "",
    kind: "statement",
    label: "",
    person: null,
    language: "en",
    segment: "s1.2",
    started_at: NOW - 600_000 + n,
    ended_at: NOW - 500_000 + n,
    addressed: [],
    unanswered: false,
    used_ms: 100_000,
    limit_ms: 180_000,
    allotted_ms: 180_000,
    ...over,
  };
}
