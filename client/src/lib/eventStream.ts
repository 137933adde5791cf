/** `text/event-stream`, as far as our server writes it: one line of data an event. */

export type Take = (name: string, data: string) => void;

/** Takes pieces of a stream as they come, and tells each event that is whole. */
export function eventReader(take: Take): (piece: string) => void {
  let rest = "";
  return (piece) => {
    rest += piece.replaceAll("\r", "");
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) tell(block, take);
  };
}

function tell(block: string, take: Take): void {
  let name = "message";
  let data: string | null = null;
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data = line.slice(6);
  }
  // a comment says only that the line is there
  if (data !== null) take(name, data);
}
