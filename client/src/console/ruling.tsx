/** The ruling that is asked for after a point of order or a motion. */
import { commas, t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Name } from "../parts/Name.tsx";
import { Sign } from "../parts/Sign.tsx";
import { Code } from "./code.tsx";
import type { Desk } from "./desk.ts";
import { mmss } from "./length.ts";
import { isLong } from "./long.ts";
import { pointName, rulings, type Then } from "./pressPoints.ts";
import { rulingChoice } from "./said.ts";

/** In the place of speaker and clock: about whom, and the four answers. */
export function RulingAsked({ desk, row }: { desk: Desk; row: InterventionEntity }) {
  const { ruling } = desk.decision.value;
  return (
    <>
      <div class="plate-head">
        <span class="label">{t("Ruling")}</span>
        <Sign is="order">{pointName(row)}</Sign>
      </div>
      <div class="speaker" data-long={isLong(label(row).main) || undefined}>
        <Code code={row.delegation} />
        <div>
          <Name text={label(row).main} />
          <small>
            {commas([
              label(row).person,
              t("spoke for {time}", { time: mmss(row.used_ms) }),
            ])}
          </small>
        </div>
      </div>
      <div class="rulings">
        {rulings(row.kind).map((each, index) => (
          <Button
            key={each}
            pressed={ruling === each}
            shortcut={String(index + 1)}
            onPress={() => desk.decide({ ruling: each })}
          >
            {rulingChoice(each)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** In the place of pause and more time: how the interrupted speaker goes on. */
export function RulingThen({ desk }: { desk: Desk }) {
  const { floor, ruling } = desk.scene.value;
  const { after, appeal, note } = desk.decision.value;
  const choices: readonly (readonly [Then, string])[] = [
    ["go_on", t("Goes on")],
    ["wait", t("Waits")],
    ["end", t("Ends")],
  ];
  return (
    <fieldset class="hands" aria-label={t("The interrupted speaker")}>
      {choices.map(([each, words]) => (
        <Button
          key={each}
          pressed={floor !== null && after === each}
          reason={floor ? null : t("Nobody was interrupted")}
          onPress={() => desk.decide({ after: each })}
        >
          {words}
        </Button>
      ))}
      <Button
        pressed={appeal !== null || note !== ""}
        shortcut="."
        onPress={() => {
          desk.window.value = { name: "ruling" };
        }}
      >
        {ruling?.kind === "point_of_order" ? t("Appeal") : t("Note")}
      </Button>
    </fieldset>
  );
}
