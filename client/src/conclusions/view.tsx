/** The conclusions as a view of the log, and the tabs that lead there and back. */
import { useEffect, useMemo } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { losses } from "../lib/losses.ts";
import type { Desk } from "../log/desk.ts";
import { rowId } from "../log/row.tsx";
import { Button } from "../parts/Button.tsx";
import { createDrafts, type Drafts } from "./drafts.ts";
import { Conclusions } from "./panel.tsx";

/** What is typed lives as long as the page, whatever is looked at meanwhile. */
const drafts = new WeakMap<Desk["store"], Drafts>();

function draftsOf({ app, store }: Desk): Drafts {
  const found =
    drafts.get(store) ??
    createDrafts({
      conclusions: store.conclusions,
      send,
      losses,
      key: `rostra-conclusions:${app.boot.meeting}:${app.boot.link}`,
    });
  drafts.set(store, found);
  return found;
}

export function ViewTabs({ desk }: { desk: Desk }) {
  const own = useMemo(() => draftsOf(desk), [desk]);
  useLeaveGuard(own);
  const show = (view: "record" | "conclusions") => () => {
    if (view === "conclusions") desk.at.value = null;
    desk.view.value = view;
  };
  const open = own.open.value;
  return (
    <nav class="view-tabs" aria-label={t("What is shown")}>
      <Button pressed={desk.view.value === "record"} onPress={show("record")}>
        {t("Record")}
      </Button>
      <Button
        pressed={desk.view.value === "conclusions"}
        onPress={show("conclusions")}
        note={open > 0 && t("not saved yet")}
      >
        {t("Conclusions")}
      </Button>
    </nav>
  );
}

export function ConclusionsView({ desk }: { desk: Desk }) {
  const own = useMemo(() => draftsOf(desk), [desk]);
  const goTo = (row: string) => {
    desk.at.value = row;
    desk.view.value = "record";
    requestAnimationFrame(() => {
      const element = document.getElementById(rowId(row));
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: "center" });
    });
  };
  return <Conclusions desk={desk} drafts={own} onRow={goTo} />;
}

/** A tab is not closed over a text that is nowhere else, without a question. */
function useLeaveGuard(own: Drafts): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (own.open.peek() > 0) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [own]);
}
