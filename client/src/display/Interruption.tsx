import { label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING, kindTitle } from "../lib/terms.ts";
import { clockPhase, left, leftText, tick } from "../lib/time.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Sign } from "../parts/Sign.tsx";
import { clockIsOld } from "./LineBadge.tsx";

/** What somebody speaks for, where it is not a statement. */
export function Tag({ floor }: { floor: FloorEntity }) {
  if (!TAGGED.has(floor.kind)) return null;
  const isOrder = floor.kind === "point_of_order";
  return (
    <p>
      <Sign is={isOrder ? "order" : "next"}>{kindTitle(floor)}</Sign>
    </p>
  );
}

const TAGGED: ReadonlySet<string> = new Set([
  ...INTERRUPTING,
  "right_of_reply",
  "explanation_of_vote",
]);

/** Whom the one on the floor interrupts: grey, with the time that is kept. */
export function Interrupted({ store }: { store: Store }) {
  const { rules } = store.meeting.value;
  return (
    <section class="hall-held">
      {store.beneath.value.map((each) => {
        const shown = store.segments.value.get(each.segment)?.public_clock ?? true;
        return (
          <div key={each.id}>
            <Sign is={clockPhase(each, rules, tick.value)} soft />
            <p>
              <Name text={label(each).main} />
            </p>
            {shown && !clockIsOld() && <Num text={leftText(left(each, tick.value))} />}
          </div>
        );
      })}
    </section>
  );
}
