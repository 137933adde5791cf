import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import type { ListEntity } from "../../lib/protocol.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { setPolicy } from "../press.ts";
import { policyName } from "../said.ts";

type Policy = ListEntity["policy"];
type Modifier = ListEntity["modifiers"][number];

/** How the list is ordered. The server orders it; places that were told stay. */
export function OrderWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const list = desk.list.value;
  const policy = useSignal<Policy>(list?.policy ?? "arrival");
  const modifiers = useSignal<readonly Modifier[]>(list?.modifiers ?? []);
  if (!list) return null;
  const policies: Record<Policy, string> = {
    arrival: t("By arrival of the requests"),
    fixed: t("As entered, like a printed list"),
    manual: t("By hand: nothing moves by itself"),
  };
  const more: Record<Modifier, string> = {
    groups_first: t("Groups first"),
    first_time_first: t("Those who have not spoken before those who have"),
  };
  return (
    <>
      <p class="soft">{t("Now: {policy}", { policy: policyName(list) })}</p>
      <fieldset class="stack">
        <legend class="label">{t("Order")}</legend>
        {(Object.keys(policies) as Policy[]).map((each) => (
          <label key={each} class="tick">
            <input
              type="radio"
              name="policy"
              checked={policy.value === each}
              onChange={() => {
                policy.value = each;
              }}
            />
            {policies[each]}
          </label>
        ))}
      </fieldset>
      <fieldset class="stack">
        <legend class="label">{t("And")}</legend>
        {(Object.keys(more) as Modifier[]).map((each) => (
          <label key={each} class="tick">
            <input
              type="checkbox"
              checked={modifiers.value.includes(each)}
              onChange={(event) => {
                const rest = modifiers.value.filter((other) => other !== each);
                modifiers.value = event.currentTarget.checked ? [...rest, each] : rest;
              }}
            />
            {more[each]}
          </label>
        ))}
      </fieldset>
      <p class="small soft">
        {t("Those who were told that they are next keep their places.")}
      </p>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={setPolicy(list, policy.value, [...modifiers.value])}
          also={onDone}
        />
      </div>
    </>
  );
}
