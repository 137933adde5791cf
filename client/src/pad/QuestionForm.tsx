import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import type { FormProps } from "./Sheet.tsx";
import { ask } from "./standing.ts";

/** To whom the question goes: some of the panellists, or all. */
export function QuestionForm({ store, target, done }: FormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const panel = (target?.segment.panellists ?? []).flatMap(
    (id) => store.requests.value.get(id) ?? [],
  );
  const toggle = (id: string) =>
    setChosen(
      chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id],
    );
  return (
    <>
      <p class="soft">
        {t("To whom? Leave all open for a question to the whole panel.")}
      </p>
      {panel.map((each) => {
        const { main, sub } = label(each);
        return (
          <Button
            key={each.id}
            class="option"
            note={sub}
            pressed={chosen.includes(each.id)}
            onPress={() => toggle(each.id)}
          >
            <bdi>{main}</bdi>
          </Button>
        );
      })}
      <Button
        big
        main
        onPress={() => {
          if (!target) return;
          const fields = { kind: "question" as const, addressed: [...chosen] };
          void send("request_floor", ask(target, fields));
          done();
        }}
      >
        {t("Ask for the floor for a question")}
      </Button>
    </>
  );
}
