/** A text in pages of which each fits on a display: whole sentences, else whole words. */

/** Letters on a page: seven lines of some forty. */
const MOST = 280;

export function pages(text: string, most = MOST): readonly string[] {
  const whole = text.replace(/\s+/g, " ").trim();
  if (whole.length <= most) return [whole];
  // as many pages as it takes, and all of about one length
  const even = Math.ceil(whole.length / Math.ceil(whole.length / most)) + most / 7;
  const limit = Math.min(most, Math.ceil(even));
  return sentences(whole)
    .flatMap((each) => (each.length <= limit ? [each] : packed(each.split(" "), limit)))
    .reduce<string[]>((found, part) => joined(found, part, limit), []);
}

/** Up to and with the stop, in the scripts of the UN's languages. */
function sentences(text: string): string[] {
  return (text.match(/[^.!?؟。！？]+[.!?؟。！？]*\s*/gu) ?? [text])
    .map((each) => each.trim())
    .filter(Boolean);
}

function packed(words: readonly string[], limit: number): string[] {
  return words
    .flatMap((word) => chunks(word, limit))
    .reduce<string[]>((found, word) => joined(found, word, limit), []);
}

/** Chinese has no spaces: what is longer than a page is cut between its letters. */
function chunks(word: string, limit: number): string[] {
  const letters = [...word];
  const found: string[] = [];
  for (let at = 0; at < letters.length; at += limit) {
    found.push(letters.slice(at, at + limit).join(""));
  }
  return found;
}

/** Onto the last page where it fits, else onto a new one. */
function joined(found: string[], part: string, limit: number): string[] {
  const last = found.at(-1);
  if (last !== undefined && last.length + 1 + part.length <= limit) {
    return [...found.slice(0, -1), `${last} ${part}`];
  }
  return [...found, part];
}
