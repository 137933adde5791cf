/** A file made here, given to the browser to keep. */
export function saveFile(name: string, text: string, type = "text/csv"): void {
  const mark = type === "text/csv" ? "\ufeff" : "";
  const blob = new Blob([mark + text], { type: `${type};charset=utf-8` });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

/** Cells as a line of CSV; a cell that a spreadsheet would calculate is defused. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(cell).join(",");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
