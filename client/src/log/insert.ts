/** Words put into a text where the cursor stands. */

/** `text` with `word` put in place of what is selected, and where the cursor goes. */
export function inserted(
  text: string,
  from: number,
  to: number,
  word: string,
): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, from);
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  const put = `${gap}${word}`;
  return { text: before + put + text.slice(to), caret: from + put.length };
}
