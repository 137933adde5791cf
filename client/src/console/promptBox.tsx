import { t } from "../lib/i18n.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { presentNow } from "./present.ts";
import { prompts, quorum } from "./prompts.ts";

/** What the console reminds of: below the plate, so that nothing above moves. */
export function Prompts({ desk }: { desk: Desk }) {
  const { meeting, floor, head, ruling, nameOf } = desk.scene.value;
  const name = floor ? nameOf(floor) : "";
  const few = quorum(meeting, presentNow(desk.store));
  const shown = ruling
    ? []
    : [...prompts(meeting, floor, head, name, tick.value), ...(few ? [few] : [])];
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
