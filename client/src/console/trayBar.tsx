import { useSignal } from "@preact/signals";
import { t, time } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { ListEntity, RequestEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Name } from "../parts/Name.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { accept, admitLate, unpark } from "./pressLists.ts";
import { kindName } from "./said.ts";
import { type TrayName, traysOf } from "./trays.ts";

/** Who waits beside the list, in one line; a tray opens under it. */
export function TrayBar({ desk, list }: { desk: Desk; list: ListEntity }) {
  const open = useSignal<TrayName | null>(null);
  const trays = traysOf(list, desk.store.requests.value);
  const shown = trays.find((tray) => tray.name === open.value);
  if (trays.length === 0) return null;
  return (
    <section class="trays" aria-label={t("Beside the list")}>
      <div class="tray-names">
        {trays.map((tray) => (
          <span key={tray.name} class="tray-name">
            <Button
              pressed={open.value === tray.name}
              onPress={() => {
                open.value = open.value === tray.name ? null : tray.name;
              }}
            >
              {trayTitle(tray.name, tray.requests.length)}
            </Button>
            {tray.name === "late" && <Act desk={desk} press={admitLate(list, null)} />}
          </span>
        ))}
      </div>
      {shown && (
        <ul class="tray">
          {shown.requests.map((request) => (
            <TrayRow key={request.id} desk={desk} list={list} request={request} />
          ))}
        </ul>
      )}
    </section>
  );
}

function trayTitle(name: TrayName, n: number): string {
  const titles: Record<TrayName, string> = {
    requested: t("To be accepted: {n}", { n }),
    late: t("Late: {n}", { n }),
    deferred: t("On hold: {n}", { n }),
  };
  return titles[name];
}

function TrayRow({
  desk,
  list,
  request,
}: {
  desk: Desk;
  list: ListEntity;
  request: RequestEntity;
}) {
  const { sub, main } = label(request);
  const at = time(request.registered_at, desk.store.meeting.value.zone);
  return (
    <li>
      <span class="row-name">
        <Name text={main} />
        <small>{[sub, kindName(request.kind), at].filter(Boolean).join(" · ")}</small>
      </span>
      {request.status === "requested" && <Act desk={desk} press={accept(request)} />}
      {request.status === "late" && (
        <Act desk={desk} press={admitLate(list, [request.id])} />
      )}
      {request.status === "deferred" && <Act desk={desk} press={unpark(request)} />}
      {request.status !== "deferred" && (
        <Button
          onPress={() => {
            desk.window.value = { name: "aside", request: request.id };
          }}
        >
          {t("Decline")}
        </Button>
      )}
      <Button
        onPress={() => {
          desk.window.value = { name: "row", request: request.id };
        }}
      >
        {t("Edit")}
      </Button>
    </li>
  );
}
