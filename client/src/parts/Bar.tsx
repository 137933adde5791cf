import type { ComponentChildren } from "preact";
import type { Store } from "../lib/store.ts";
import { ConnectionWord } from "./ConnectionNote.tsx";
import { WallTime } from "./WallTime.tsx";

/** The head of a desk screen: the meeting, the segment, the line, the time of day. */
export function Bar({
  store,
  children,
}: {
  store: Store;
  children?: ComponentChildren;
}) {
  const { title, zone } = store.meeting.value;
  return (
    <header class="bar">
      <div>
        <h1>{title}</h1>
        <p class="small soft">{store.runningSegment.value?.title}</p>
      </div>
      {children}
      <p class="small">
        <ConnectionWord />
      </p>
      <WallTime zone={zone} seconds />
    </header>
  );
}
