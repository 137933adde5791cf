import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import type { ListEntity } from "../../lib/protocol.ts";
import { Act } from "../act.tsx";
import { preview } from "../api.ts";
import { useAsked } from "../asked.ts";
import type { Desk } from "../desk.ts";
import { setPolicy } from "../press.ts";
import { listTitle, policyName } from "../said.ts";
import { Compare } from "./compare.tsx";
import { DrawBox } from "./drawBox.tsx";

type Policy = ListEntity["policy"];
type Modifier = ListEntity["modifiers"][number];

/** How the list is ordered: each way in a sentence, and how it would stand. */
export function OrderWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const list = desk.list.value;
  const policy = useSignal<Policy>(list?.policy ?? "arrival");
  const modifiers = useSignal<readonly Modifier[]>(list?.modifiers ?? []);
  const now = desk.store.order.value.get(list?.id ?? "") ?? [];
  const key = [list?.id, policy.value, ...modifiers.value, "/", ...now].join(" ");
  const { answer, trouble } = useAsked(key, () =>
    preview(desk.boot, list?.id ?? "", policy.value, [...modifiers.value]),
  );
  if (!list) return null;
  if (list.purpose !== "speakers") {
    return (
      <p>{t("First replies come before second ones, each in the order of asking.")}</p>
    );
  }
  const same =
    policy.value === list.policy &&
    [...modifiers.value].sort().join() === [...list.modifiers].sort().join();
  return (
    <>
      <p class="soft">
        <bdi>{listTitle(desk.store, list)}</bdi> ·{" "}
        {t("Now: {policy}", { policy: policyName(list) })}
      </p>
      <div class="order-columns">
        <div>
          <Policies
            chosen={policy.value}
            onChoose={(each) => {
              policy.value = each;
            }}
          />
          <Modifiers
            chosen={modifiers.value}
            onChoose={(each) => {
              modifiers.value = each;
            }}
          />
        </div>
        <div>
          <DrawBox desk={desk} list={list} />
          {trouble.value && <p role="alert">{trouble.value}</p>}
          {answer.value && <Compare desk={desk} preview={answer.value} now={now} />}
        </div>
      </div>
      <p class="small soft">
        {t("Those who were told that they are next keep their places.")}
      </p>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={same ? null : setPolicy(list, policy.value, [...modifiers.value])}
          why={t("This is the order now")}
          also={onDone}
        >
          {t("Change the order")}
        </Act>
      </div>
    </>
  );
}

function Policies({
  chosen,
  onChoose,
}: {
  chosen: Policy;
  onChoose: (policy: Policy) => void;
}) {
  const policies: Record<Policy, readonly [string, string]> = {
    arrival: [t("By arrival"), t("Who asked first speaks first.")],
    protocol_rank: [
      t("By rank of the speaker"),
      t("Heads of State first, then Heads of Government, Ministers and so on."),
    ],
    regional_rotation: [
      t("Regions in turn"),
      t("One of each regional group in every round; the first group by lot."),
    ],
    lot: [
      t("By lot"),
      t("Those of the window are drawn; who asks later comes after them."),
    ],
    alpha_from_lot: [
      t("Alphabetical from a letter drawn"),
      t("English names, beginning with the letter that the lot gives."),
    ],
    least_spoken: [
      t("Those who spoke least first"),
      t("By interventions on the item, then by time spoken."),
    ],
    alternate: [
      t("For and against in turn"),
      t("The two sides alternate, each by arrival."),
    ],
    fixed: [t("As entered"), t("Like a printed list; later entries at the end.")],
    manual: [t("By hand"), t("Nothing moves by itself.")],
  };
  return (
    <fieldset class="policies">
      <legend class="label">{t("Order")}</legend>
      {(Object.keys(policies) as Policy[]).map((each) => (
        <label key={each} class="tick">
          <input
            type="radio"
            name="policy"
            checked={chosen === each}
            onChange={() => onChoose(each)}
          />
          <span>
            {policies[each][0]}
            <small>{policies[each][1]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Modifiers({
  chosen,
  onChoose,
}: {
  chosen: readonly Modifier[];
  onChoose: (modifiers: readonly Modifier[]) => void;
}) {
  const more: Record<Modifier, string> = {
    groups_first: t("Groups first"),
    first_time_first: t("Those who have not spoken before those who have"),
  };
  return (
    <fieldset class="policies">
      <legend class="label">{t("And")}</legend>
      {(Object.keys(more) as Modifier[]).map((each) => (
        <label key={each} class="tick">
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={(event) => {
              const rest = chosen.filter((other) => other !== each);
              onChoose(event.currentTarget.checked ? [...rest, each] : rest);
            }}
          />
          {more[each]}
        </label>
      ))}
    </fieldset>
  );
}
