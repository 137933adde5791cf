/** One field of a note while it is written: what was read, what is typed, what is on its
 * way. Pure. Whatever happens, `text` is what the person typed and is never overwritten.
 * Versions count for the whole note, so a newer one may say the same in this field. */

/** The field as the server has it; version 0 with an empty text is "none yet". */
export interface Saved {
  readonly note: string | null;
  readonly text: string;
  readonly version: number;
}

export interface Draft {
  readonly base: Saved;
  readonly text: string;
  /** The text of the command that has no answer yet. */
  readonly sent: string | null;
  /** Somebody else's newer text; the person chooses. */
  readonly theirs: Saved | null;
  /** Why the last attempt failed; it is tried again. */
  readonly failed: string | null;
}

export const NONE: Saved = { note: null, text: "", version: 0 };

export type Phase = "saved" | "unsaved" | "saving" | "conflict" | "failed";

export function opened(base: Saved, kept: string | null = null): Draft {
  return { base, text: kept ?? base.text, sent: null, theirs: null, failed: null };
}

/** What this device keeps of a draft that is not on the server. */
export interface Kept {
  readonly base: Saved;
  readonly text: string;
  readonly sent: string | null;
}

/** Takes up what was kept, where the server now has `saved`. */
export function resumed({ base, text, sent }: Kept, saved: Saved): Draft {
  // what was on its way may have got there: then it is no text of somebody else
  const known = sent !== null && saved.text === sent ? saved : base;
  return arrived(opened(known, text), saved);
}

export function typed(draft: Draft, text: string): Draft {
  return { ...draft, text, failed: null };
}

/** What is to be sent now, or null: nothing new, on its way, or a choice is open. */
export function due(draft: Draft): (Saved & { readonly text: string }) | null {
  if (draft.sent !== null || draft.theirs || draft.text === draft.base.text) {
    return null;
  }
  return { ...draft.base, text: draft.text };
}

export function sending(draft: Draft): Draft {
  return { ...draft, sent: draft.text, failed: null };
}

export function accepted(draft: Draft, saved: Saved): Draft {
  const base = newer(draft.base, saved);
  const next = { ...draft, base, sent: null, failed: null };
  const { theirs } = next;
  // theirs was written over mine, which was read: no choice is needed
  if (theirs && theirs.version > base.version && next.text === base.text) {
    return { ...next, base: theirs, text: theirs.text, theirs: null };
  }
  return next;
}

export function failed(draft: Draft, why: string): Draft {
  return { ...draft, sent: null, failed: why };
}

/** The server refused as stale: somebody else's text is there. */
export function overtaken(draft: Draft, theirs: Saved): Draft {
  const free = { ...draft, sent: null, failed: null };
  if (theirs.text === draft.text) return { ...free, base: theirs, theirs: null };
  return { ...free, theirs };
}

/**
 * The note came by the wire. Where another field was changed this one goes on from it;
 * untouched, it follows; touched, it waits for a choice.
 */
export function arrived(draft: Draft, saved: Saved): Draft {
  if (saved.version <= draft.base.version) return draft;
  if (draft.sent !== null && saved.text === draft.sent) return accepted(draft, saved);
  if (saved.text === draft.base.text) return { ...draft, base: saved, theirs: null };
  if (draft.theirs?.text === saved.text) return { ...draft, theirs: saved };
  if (draft.text === draft.base.text && draft.sent === null) {
    return { ...draft, base: saved, text: saved.text, theirs: null };
  }
  return overtaken(draft, saved);
}

/** The server has lost what it had saved: what stands here is sent to it again. */
export function wentBack(draft: Draft, saved: Saved): Draft {
  if (saved.version >= draft.base.version || draft.sent !== null) return draft;
  return { ...draft, base: saved };
}

/** Settle a conflict: mine replaces theirs, theirs replaces mine, or both are kept. */
export function chosen(draft: Draft, which: "mine" | "theirs" | "both"): Draft {
  const theirs = draft.theirs;
  if (!theirs) return draft;
  const text = {
    mine: draft.text,
    theirs: theirs.text,
    both: `${theirs.text}\n${draft.text}`,
  }[which];
  return { ...draft, base: theirs, text, theirs: null };
}

export function phaseOf(draft: Draft): Phase {
  if (draft.theirs) return "conflict";
  if (draft.sent !== null) return "saving";
  if (draft.text === draft.base.text) return "saved";
  return draft.failed === null ? "unsaved" : "failed";
}

function newer(one: Saved, other: Saved): Saved {
  return other.version >= one.version ? other : one;
}
