/** Names and labels of more letters stand smaller: nothing below them moves. */
const MANY = 22;

export function isLong(text: string): boolean {
  return text.length > MANY;
}
