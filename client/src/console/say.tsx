import { t, tx } from "../lib/i18n.ts";
import type { Voice } from "../lib/names.ts";
import { Addressed } from "./addressed.tsx";
import type { Desk } from "./desk.ts";

/** The next sentence of the Chair, with the form of address of the roster. */
export function Say({ desk }: { desk: Desk }) {
  const { meeting, floor } = desk.scene.value;
  if (meeting.state !== "in_session") return null;
  const [first, second] = desk.store.nextOf(2);
  return (
    <p class="say">
      <span class="label">{t("To say")}</span>
      <Sentence now={floor} next={first ?? null} after={second ?? null} />
    </p>
  );
}

function Sentence({
  now,
  next,
  after,
}: {
  now: (Voice & { readonly phase: string }) | null;
  next: Voice | null;
  after: Voice | null;
}) {
  if (now?.phase === "called") {
    return next
      ? tx("I give the floor to {now}, to be followed by {next}.", {
          now: <Addressed voice={now} />,
          next: <Addressed voice={next} />,
        })
      : tx("I give the floor to {now}.", { now: <Addressed voice={now} /> });
  }
  if (now && next) {
    return after
      ? tx(
          "I thank {now}. I now give the floor to {next}, to be followed by {after}.",
          {
            now: <Addressed voice={now} />,
            next: <Addressed voice={next} />,
            after: <Addressed voice={after} />,
          },
        )
      : tx("I thank {now}. I now give the floor to {next}.", {
          now: <Addressed voice={now} />,
          next: <Addressed voice={next} />,
        });
  }
  if (now) {
    return tx("I thank {now}. That was the last speaker on the list.", {
      now: <Addressed voice={now} />,
    });
  }
  if (next) {
    return after
      ? tx("I give the floor to {now}, to be followed by {next}.", {
          now: <Addressed voice={next} />,
          next: <Addressed voice={after} />,
        })
      : tx("I give the floor to {now}.", { now: <Addressed voice={next} /> });
  }
  return t("There are no further speakers on the list.");
}
