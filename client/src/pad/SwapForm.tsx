import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import { swappable } from "./available.ts";
import type { FormProps } from "./Sheet.tsx";
import type { Standing } from "./standing.ts";

/** Not now: off the order, and back when one says so. */
export function ParkForm({ done, at }: FormProps & { at: Standing }) {
  if (at.is !== "queued") return null;
  const { request } = at.at;
  return (
    <>
      <p class="second">
        {t("You are taken out of the order and not called until you come back.")}
      </p>
      <Button
        big
        main
        onPress={() => {
          void send("park", { request: request.id });
          done();
        }}
      >
        {t("Step aside for now")}
      </Button>
    </>
  );
}

/** To whom one offers one's place. Nothing changes before the other says yes. */
export function SwapForm({ store, done, at }: FormProps & { at: Standing }) {
  if (at.is !== "queued") return null;
  const { request, place } = at.at;
  return (
    <>
      <p class="soft">
        {t(
          "You get the place of the other, and the other gets yours. Nothing changes before they say yes.",
        )}
      </p>
      {swappable(store, at.at).map((each) => (
        <Button
          key={each.request.id}
          class="option"
          note={
            place !== null &&
            t("Their {theirs} for your {yours}", places(each.place, place))
          }
          onPress={() => {
            void send("offer_swap", { request: request.id, wanted: each.request.id });
            done();
          }}
        >
          {t("Offer your place to {name}", { name: label(each.request).main })}
        </Button>
      ))}
    </>
  );
}

function places(theirs: number, yours: number) {
  return { theirs, yours };
}
