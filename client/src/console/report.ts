/** A video platform's report of participants: which names are in it. Pure. */

const NAME = /(^|\b)(name|participant|display|nom|nombre|الاسم)/i;
const NOT_NAME = /(user|file|meeting|topic|e-?mail|first|last)/i;

/** The names of a report, each once: of the column headed so, else of the first. */
export function reportNames(text: string): readonly string[] {
  const rows = rowsOf(text).filter((row) => row.some((cell) => cell !== ""));
  const head = rows.findIndex((row) => row.some(isHeading));
  const column = head < 0 ? 0 : columnOf(rows[head] ?? []);
  const names = rows
    .slice(head + 1)
    .map((row) => row[column] ?? "")
    .filter((name) => name !== "");
  return [...new Set(names)];
}

function isHeading(cell: string): boolean {
  return NAME.test(cell) && cell.length < 40;
}

function columnOf(head: readonly string[]): number {
  const sure = head.findIndex((cell) => isHeading(cell) && !NOT_NAME.test(cell));
  return sure >= 0 ? sure : Math.max(0, head.findIndex(isHeading));
}

/** Rows and cells, parted by the sign that the first line has most of. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const [first = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string) => first.split(sign).length;
  const sign = ["\t", ";", ","].reduce((a, b) => (count(b) > count(a) ? b : a));
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const put = () => {
    rows.at(-1)?.push(cell.trim());
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (letter === sign) put();
    else if (letter === "\n") {
      put();
      rows.push([]);
    } else if (letter !== "\r") cell += letter;
  }
  put();
  return rows;
}
