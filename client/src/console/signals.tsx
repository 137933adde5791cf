import { t, time } from "../lib/i18n.ts";
import { listName } from "../lib/names.ts";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import type { Press } from "./press.ts";

/** Delegations that call for technical help, the longest waiting first. */
export function Signals({ desk }: { desk: Desk }) {
  const signals = [...desk.store.signals.value.values()].sort((a, b) => a.at - b.at);
  return (
    <div class="signals" role="status">
      {signals.map((signal) => (
        <div key={signal.id} class="notice" data-warn>
          <p>
            <b>
              <i class="shape" data-is="warning" aria-hidden="true" />{" "}
              {t("{name}: technical problem", { name: listName(signal.delegation) })}
            </b>
          </p>
          <p>
            <time>{time(signal.at, desk.store.meeting.value.zone)}</time>
            {signal.text && (
              <>
                {" · "}
                <bdi>{signal.text}</bdi>
              </>
            )}
          </p>
          <Act desk={desk} press={cleared(signal.id)}>
            {t("Dealt with")}
          </Act>
        </div>
      ))}
    </div>
  );
}

function cleared(signal: string): Press {
  return { type: "clear_signal", fields: { signal }, label: t("Dealt with") };
}
