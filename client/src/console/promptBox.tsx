import { useSignal } from "@preact/signals";
import { t } from "../lib/i18n.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { type Ahead, ending, type PutAway, putAway } from "./ending.ts";
import { presentNow } from "./present.ts";
import { type Opening, prompts, quorum } from "./prompts.ts";

/** What the console reminds of: below the plate, so that nothing above moves. */
export function Prompts({ desk }: { desk: Desk }) {
  const { meeting, list, floor, head, ruling, nameOf } = desk.scene.value;
  const away = useSignal<PutAway>(new Map());
  const name = floor ? nameOf(floor) : "";
  const few = quorum(meeting, presentNow(desk.store));
  const now = tick.value;
  const ahead: Ahead = {
    meeting,
    list,
    outlook: desk.outlook.value,
    now,
    away: away.value,
  };
  // What is about the floor comes first; the end of the meeting can wait for it.
  const urgent = [...prompts(meeting, floor, head, name, now), ...(few ? [few] : [])];
  const late = urgent.length === 0 ? ending(ahead) : null;
  const shown = ruling ? [] : [...urgent, ...(late ? [late] : [])];
  return (
    <div class="prompts">
      {shown.map((prompt) => (
        <div key={prompt.id} class="prompt" data-tone={prompt.tone}>
          <p>
            <i class="shape" data-is={prompt.tone === "over" ? "over" : "warning"} />{" "}
            {prompt.text}
          </p>
          <div class="row">
            {prompt.presses.map((press) => (
              <Act key={press.label} desk={desk} press={press} />
            ))}
            {prompt.opens?.map((opening) => (
              <Button key={opening.label} onPress={() => open(desk, opening)}>
                {opening.label}
              </Button>
            ))}
            {prompt.away && (
              <Button
                onPress={() => {
                  away.value = putAway(ahead, prompt);
                }}
              >
                {prompt.away}
              </Button>
            )}
            {prompt.suspend && (
              <Button
                onPress={() => {
                  desk.window.value = { name: "suspend" };
                }}
              >
                {t("Suspend the meeting")}
              </Button>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The windows are about the list that is looked at: look at the running one. */
function open(desk: Desk, { window }: Opening): void {
  desk.lookAt.value = null;
  desk.window.value = { name: window };
}
