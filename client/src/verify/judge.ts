/**
 * Is an exported record what was signed? Written from PROOF.md (server/rostra/record),
 * not from the server's own verifier, so that one can find the other's mistakes.
 *
 * Pure, and the same everywhere: WebCrypto is missing on plain http and has no Ed25519
 * in many browsers, so it is not asked.
 */

import { hashes, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

hashes.sha512 = sha512;

/** Why a line is not what it should be. */
export type Fault =
  | { readonly why: "unreadable" }
  | { readonly why: "displaced"; readonly seq: string; readonly meeting: string }
  | { readonly why: "changed" }
  | { readonly why: "unsigned" }
  | { readonly why: "misfit" }
  | { readonly why: "cut"; readonly count: number }
  | { readonly why: "added"; readonly count: number }
  | { readonly why: "resealed" }
  | { readonly why: "trailing" }
  | { readonly why: "key"; readonly key: string };

/** What is found of a file. `line` is the first that is wrong: line n is commit n. */
export type Verdict =
  | { readonly kind: "empty" | "other" }
  | ({ readonly kind: "wrong"; readonly line: number } & Fault)
  | {
      readonly kind: "intact";
      readonly meeting: string;
      readonly count: number;
      readonly key: string;
      /** Commits whose personal part was erased before the export. */
      readonly erased: number;
    };

type Bytes = ReturnType<typeof sha256>;
type Part = "personal" | "internal";
type Span = readonly [first: number, last: number];

interface Head extends Readonly<Record<Part | "erased", readonly Span[]>> {
  readonly meeting: string;
  readonly count: number;
  readonly seq: number;
  readonly hash: string;
  readonly key: string;
}

const PARTS: readonly Part[] = ["personal", "internal"];
const COMMIT = '{"seq":';
const HEAD = '{"rostra":"record ';
const SIGNED = /^(\{"rostra":"record 1",[^\n]*),"signature":"([0-9a-f]{128})"\}\n$/;
const NEWLINE = 10;

/** Judges a whole file. `key` is the public key that it must be signed with, in hex. */
export function judge(file: Uint8Array, key = ""): Verdict {
  if (file.length === 0) return { kind: "empty" };
  const lines = linesOf(file);
  if (!lines.some((line) => begins(line, HEAD) || begins(line, COMMIT))) {
    return { kind: "other" };
  }
  const end = lines.findIndex((line) => begins(line, HEAD));
  const commits = end < 0 ? lines : lines.slice(0, end);
  const head = readHead(end < 0 ? undefined : lines[end]);
  const known = "why" in head ? null : head;
  const chain = new Chain(known);
  for (const [index, line] of commits.entries()) {
    const fault = chain.add(line);
    if (fault) return { kind: "wrong", line: index + 1, ...fault };
  }
  const fault = known ? atTheEnd(known, chain, lines.length, key) : head;
  if ("why" in fault) {
    const line = placeOf(fault, commits.length);
    return { kind: "wrong", line, ...fault };
  }
  const { meeting, count, erased } = fault;
  const gone = erased.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return { kind: "intact", meeting, count, key: fault.key, erased: gone };
}

/** What the head says against what is there; the head itself where all is well. */
function atTheEnd(head: Head, chain: Chain, lines: number, key: string): Fault | Head {
  const { count } = head;
  if (chain.length < count) return { why: "cut", count };
  if (chain.length > count) return { why: "added", count };
  if (chain.hash !== head.hash || head.seq !== count) return { why: "resealed" };
  if (lines > chain.length + 1) return { why: "trailing" };
  if (key && key.toLowerCase() !== head.key) return { why: "key", key: head.key };
  return head;
}

function placeOf(fault: Fault, commits: number): number {
  if (fault.why === "added") return fault.count + 1;
  return fault.why === "trailing" ? commits + 2 : commits + 1;
}

/** The lines, each with its newline. */
function linesOf(file: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const newline = file.indexOf(NEWLINE, at);
    const next = newline < 0 ? file.length : newline + 1;
    found.push(file.subarray(at, next));
    at = next;
  }
  return found;
}

/** Whether a line begins with a text of ASCII; the rest of it may be no text at all. */
function begins(line: Uint8Array, start: string): boolean {
  return [...start].every((letter, at) => line[at] === letter.charCodeAt(0));
}

/** A line as text. Throws where it is none. */
function decoded(line: Uint8Array): string {
  // A byte order mark at the beginning is a change like any other.
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
}

function readHead(line: Uint8Array | undefined): Head | Fault {
  try {
    const [, said, signature] = (line && SIGNED.exec(decoded(line))) || [];
    if (said === undefined || signature === undefined) return { why: "unsigned" };
    const head: unknown = JSON.parse(`${said}}`);
    if (!isHead(head)) return { why: "unsigned" };
    const signer = hexToBytes(head.key);
    const message = utf8(`${said}}`);
    // Strictly by RFC 8032, as other libraries do.
    const fits = verify(hexToBytes(signature), message, signer, { zip215: false });
    return fits ? head : { why: "misfit" };
  } catch {
    return { why: "unsigned" };
  }
}

function isHead(value: unknown): value is Head {
  const head = value as Record<string, unknown>;
  return (
    ["meeting", "hash", "key"].every((name) => typeof head[name] === "string") &&
    Number.isInteger(head.count) &&
    [...PARTS, "erased"].every((name) => areSpans(head[name]))
  );
}

function areSpans(value: unknown): boolean {
  const ofTwo = (span: unknown) =>
    Array.isArray(span) && span.length === 2 && span.every(Number.isInteger);
  return Array.isArray(value) && value.every(ofTwo);
}

/** Commits as they are added, one after the other. */
class Chain {
  length = 0;
  hash = "";
  private readonly head: Head | null;
  private meeting: string | null;

  constructor(head: Head | null) {
    this.head = head;
    this.meeting = head?.meeting ?? null;
  }

  /** What is wrong with the line that should be the next commit. */
  add(line: Uint8Array): Fault | null {
    try {
      return this.judged(decoded(line));
    } catch {
      return { why: "unreadable" };
    }
  }

  private judged(line: string): Fault | null {
    const found = JSON.parse(line) as Record<string, unknown>;
    const opened = JSON.parse(text(found.open)) as { meeting: string; seq: number };
    this.meeting ??= text(opened.meeting);
    const seq = this.length + 1;
    if (opened.seq !== seq || opened.meeting !== this.meeting) {
      const { seq: other, meeting } = opened;
      return { why: "displaced", seq: String(other), meeting: String(meeting) };
    }
    const before = this.hash ? hexToBytes(this.hash) : sha256(utf8(this.meeting));
    const links = [before, sha256(utf8(text(found.open)))];
    const written: Record<string, unknown> = { seq, open: found.open };
    for (const part of PARTS) links.push(this.part(part, found, written));
    const hash = bytesToHex(sha256(concatBytes(...links)));
    written.hash = hash;
    if (`${JSON.stringify(written)}\n` !== line) return { why: "changed" };
    this.hash = hash;
    this.length = seq;
    return null;
  }

  /** The digest of a part, which is written down as it should stand in the line. */
  private part(
    part: Part,
    found: Record<string, unknown>,
    written: Record<string, unknown>,
  ): Bytes {
    let digest = sized(text(found[`${part}_sha256`]), 32);
    if (this.has(part, found)) {
      const salt = sized(text(found[`${part}_salt`]), 16);
      const content = text(found[part]);
      digest = sha256(concatBytes(salt, utf8(content)));
      written[part] = content;
      written[`${part}_salt`] = bytesToHex(salt);
    }
    written[`${part}_sha256`] = bytesToHex(digest);
    return digest;
  }

  /** Whether the next commit has this part in full: the head says; else the line. */
  private has(part: Part, found: Record<string, unknown>): boolean {
    if (this.head === null) return part in found;
    const seq = this.length + 1;
    return this.head[part].some(([first, last]) => first <= seq && seq <= last);
  }
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("not a text");
  return value;
}

function sized(hex: string, bytes: number): Bytes {
  if (hex.length !== 2 * bytes) throw new RangeError("not a digest");
  return hexToBytes(hex);
}

/** The bytes of a text. Half a surrogate pair, which has none, is an error. */
function utf8(value: string): Bytes {
  if (/\p{Surrogate}/u.test(value)) throw new RangeError("not a text");
  return new TextEncoder().encode(value);
}
