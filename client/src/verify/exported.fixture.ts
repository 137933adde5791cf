import { getPublicKey, hashes, sign } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

hashes.sha512 = sha512;

const SECRET = new Uint8Array(32).fill(7);

export const KEY = bytesToHex(getPublicKey(SECRET));
export const OTHER_KEY = "ab".repeat(32);

/** The lines of an export of three commits, made as PROOF.md says. */
export function exportedLines(meeting = "harbour"): string[] {
  const lines: string[] = [];
  let chain = sha256(utf8ToBytes(meeting));
  for (const seq of [1, 2, 3]) {
    const open = JSON.stringify({ meeting, seq, said: `é "${seq}"` });
    const salt = new Uint8Array(16).fill(seq);
    const personal = sha256(concatBytes(salt, utf8ToBytes("{}")));
    const internal = sha256(concatBytes(salt, utf8ToBytes('{"note":1}')));
    chain = sha256(concatBytes(chain, sha256(utf8ToBytes(open)), personal, internal));
    const line = {
      seq,
      open,
      personal_sha256: bytesToHex(personal),
      internal: '{"note":1}',
      internal_salt: bytesToHex(salt),
      internal_sha256: bytesToHex(internal),
      hash: bytesToHex(chain),
    };
    lines.push(`${JSON.stringify(line)}\n`);
  }
  const head = {
    rostra: "record 1",
    meeting,
    count: 3,
    seq: 3,
    hash: bytesToHex(chain),
    personal: [],
    internal: [[1, 3]],
    erased: [[1, 2]],
    key: KEY,
  };
  const message = JSON.stringify(head);
  const signature = bytesToHex(sign(utf8ToBytes(message), SECRET));
  lines.push(`${message.slice(0, -1)},"signature":"${signature}"}\n`);
  return lines;
}

export function bytes(text: string): Uint8Array {
  return utf8ToBytes(text);
}
