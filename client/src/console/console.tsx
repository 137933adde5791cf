/** The moderator's console: directory, list and floor, each in its fixed place. */
import { computed } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { pending, send } from "../lib/commands.ts";
import { connection } from "../lib/connection.ts";
import { t } from "../lib/i18n.ts";
import type { App } from "../lib/start.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { LossNotice } from "../parts/LossNotice.tsx";
import { createDesk, type Desk } from "./desk.ts";
import { Find } from "./find.tsx";
import { Floor } from "./floor.tsx";
import { GavelOffer } from "./gavelCard.tsx";
import { Head } from "./head.tsx";
import { useKeys } from "./keys.ts";
import { List } from "./list.tsx";
import { MessagesCard } from "./messagesCard.tsx";
import { Past } from "./past.tsx";
import { PointCards } from "./pointCards.tsx";
import { ProgrammePanel } from "./programmePanel.tsx";
import { RepliesCard } from "./repliesCard.tsx";
import { Signals } from "./signals.tsx";
import { Standing } from "./standing.tsx";
import { Swaps } from "./swaps.tsx";
import { AskWindow } from "./windows/ask.tsx";
import { Windows } from "./windows.tsx";

export function Console({ app }: { app: App }) {
  const desk = useMemo(() => deskOf(app), [app]);
  return <ConsoleView desk={desk} />;
}

function deskOf({ boot, store }: App): Desk {
  const blocked = computed(() =>
    connection.value.phase === "live" ? null : t("Not connected"),
  );
  return createDesk({ boot, store, commands: { send, pending }, blocked });
}

export function ConsoleView({ desk }: { desk: Desk }) {
  const field = useRef<HTMLInputElement>(null);
  useKeys(desk, field);
  return (
    <div class="console">
      <Head desk={desk} />
      <div class="band">
        <ConnectionNote zone={desk.store.meeting.value.zone} brief />
        <LossNotice />
      </div>
      <div class="find">
        <Find desk={desk} field={field} />
        <Signals desk={desk} />
        <GavelOffer desk={desk} />
        <Swaps desk={desk} />
        <ProgrammePanel desk={desk} />
        <Standing desk={desk} />
        <div class="ways">
          <RepliesCard desk={desk} />
          <MessagesCard desk={desk} />
        </div>
      </div>
      <PointCards desk={desk} />
      <List desk={desk} />
      <Past desk={desk} />
      <Floor desk={desk} />
      <Windows desk={desk} />
      <AskWindow desk={desk} />
    </div>
  );
}
