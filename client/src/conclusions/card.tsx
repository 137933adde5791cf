/** One conclusion of the rapporteurs: its text, what supports it, its state and place. */
import type { Signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { pending, send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { CommandType, ConclusionEntity, FieldsOf } from "../lib/protocol.ts";
import { Conflict } from "../log/conflict.tsx";
import type { Desk } from "../log/desk.ts";
import { phaseOf } from "../log/draft.ts";
import { phaseWord } from "../log/note.tsx";
import { PressTwice } from "../pad/PressTwice.tsx";
import { Button } from "../parts/Button.tsx";
import type { Drafts } from "./drafts.ts";
import { headingName, LONGEST, stateName, stateOf } from "./names.ts";
import { headings, keyOf } from "./order.ts";
import { SUPPORT_ID } from "./support.tsx";

export interface CardProps {
  readonly desk: Desk;
  readonly drafts: Drafts;
  readonly conclusion: ConclusionEntity;
  /** How many stand under this heading. */
  readonly among: number;
  readonly chosen: Signal<string | null>;
  readonly onRow: (row: string) => void;
  readonly write: boolean;
}

/** Why its text, links and place cannot be changed; null where they can. */
export function fixed(
  each: ConclusionEntity,
  handed_over_at: number | null | undefined,
): string | null {
  if (each.released) return t("Shown to everyone: an operator takes it back first");
  const over = (handed_over_at ?? null) !== null && !each.addendum;
  return over ? t("Handed over") : null;
}

export function Card(props: CardProps) {
  const { desk, conclusion, chosen, write } = props;
  const { id, place } = conclusion;
  const [said, setSaid] = useState("");
  const why = fixed(conclusion, desk.store.meeting.value.handed_over_at);
  const state = stateOf(conclusion);
  const is = chosen.value === id;
  const carry = async <T extends CommandType>(type: T, fields: FieldsOf<T>) => {
    const final = await send(type, fields, { quiet: true });
    setSaid(final.outcome === "no" ? final.message : "");
  };
  const move = (to: number) => {
    const moving = pending.peek().some((each) => each.type === "move_conclusion");
    if (why || moving || to < 0 || to >= props.among) return;
    void carry("move_conclusion", { to, expect: { conclusion: id, place } });
  };
  return (
    <li
      class="conclusion"
      data-chosen={is || undefined}
      data-state={state}
      aria-current={is || undefined}
      onFocusIn={() => {
        chosen.value = id;
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!event.altKey || by === undefined || !write) return;
        event.preventDefault();
        move(place + by);
      }}
    >
      <p class="conclusion-head">
        <span class="num">{place + 1}</span>
        <span class="state" data-is={state}>
          {stateName(state)}
        </span>
        {why && !conclusion.released && <span class="soft small">{why}</span>}
      </p>
      {write && !why ? (
        <Text {...props} />
      ) : (
        <>
          <p class="conclusion-text">
            <bdi>{conclusion.text}</bdi>
          </p>
          <Left {...props} />
        </>
      )}
      <Chips {...props} />
      {said && (
        <p role="alert" data-warn>
          {said}
        </p>
      )}
      {is && write && <Acts {...props} why={why} carry={carry} move={move} />}
    </li>
  );
}

function Text({ desk, drafts, conclusion }: CardProps) {
  const { id } = conclusion;
  const draft = drafts.draftOf(id).value;
  const phase = phaseOf(draft);
  const empty = draft.text.trim() === "";
  return (
    <div class="note" data-phase={phase}>
      <textarea
        id={textId(id)}
        class="field"
        rows={Math.max(2, draft.text.split("\n").length)}
        maxLength={LONGEST}
        dir="auto"
        aria-label={t("Conclusion {n}: {heading}", {
          n: conclusion.place + 1,
          heading: headingName(desk.store, conclusion),
        })}
        value={draft.text}
        onInput={(event) => drafts.type(id, event.currentTarget.value)}
        onBlur={() => drafts.settle(id)}
      />
      {phase !== "saved" && (
        <small class="phase" data-warn={phase === "failed" || empty || undefined}>
          {empty
            ? t("Without words it is not saved. Drop it instead.")
            : phase === "failed"
              ? (draft.failed ?? "")
              : phaseWord(phase)}
        </small>
      )}
      {draft.theirs && (
        <Conflict
          mine={draft.text}
          theirs={draft.theirs.text}
          who={t("A colleague")}
          onChoose={(which) => drafts.choose(id, which)}
        />
      )}
    </div>
  );
}

/** Where a conclusion is typed. */
export function textId(conclusion: string): string {
  return `conclusion-${conclusion}`;
}

/** What was typed here and could no longer be saved, once the text was fixed. */
function Left({ desk, drafts, conclusion, write }: CardProps) {
  const draft = drafts.draftOf(conclusion.id).value;
  const mine = draft.text.trim();
  if (!write || phaseOf(draft) === "saved" || mine === conclusion.text.trim()) {
    return null;
  }
  const over = (desk.store.meeting.value.handed_over_at ?? null) !== null;
  const keep = () => {
    const before = drafts.freshOf(conclusion).peek();
    drafts.typeFresh(conclusion, before ? `${before}\n${mine}` : mine);
    drafts.forget(conclusion.id);
  };
  return (
    <div class="conflict" role="alert">
      <div>
        <p class="label">{t("Yours, not saved: the text is fixed")}</p>
        <p>
          <bdi>{mine}</bdi>
        </p>
        <Button onPress={keep}>
          {over ? t("Use it for the addendum") : t("Use it for a new conclusion")}
        </Button>
        <Button onPress={() => drafts.forget(conclusion.id)}>{t("Drop mine")}</Button>
      </div>
    </div>
  );
}

/** The interventions that support it: number and name, and the way to the row. */
function Chips({ desk, conclusion, onRow }: CardProps) {
  const links = conclusion.interventions ?? [];
  const rows = new Map(desk.rows.value.map((each) => [each.id, each]));
  if (links.length === 0) {
    return <p class="soft small">{t("No intervention is linked yet")}</p>;
  }
  return (
    <ul class="chips" aria-label={t("Supported by {n}", { n: links.length })}>
      {links.map((id) => {
        const row = rows.get(id);
        return (
          <li key={id}>
            <button type="button" class="chip" onClick={() => onRow(id)}>
              <span class="num">{row?.n ?? "–"}</span>{" "}
              <bdi>{row ? label(row.voice).main : t("A row of the record")}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface ActsProps extends CardProps {
  readonly why: string | null;
  readonly carry: <T extends CommandType>(
    type: T,
    fields: FieldsOf<T>,
  ) => Promise<void>;
  readonly move: (to: number) => void;
}

function Acts({ desk, drafts, conclusion, among, why, carry, move }: ActsProps) {
  const { id, place, agreed, released, version = 1 } = conclusion;
  const unsaved = phaseOf(drafts.draftOf(id).value) !== "saved";
  const { store } = desk;
  const under = (key: string) => {
    const heading = headings(store.segments.peek()).find((each) => keyOf(each) === key);
    if (!heading) return;
    const there = [...store.conclusions.peek().values()].filter(
      (each) => keyOf(each) === key && each.addendum === conclusion.addendum,
    );
    void carry("move_conclusion", {
      to: there.length,
      under: { segment: heading.segment, question: heading.question },
      expect: { conclusion: id, place },
    });
  };
  return (
    <div class="conclusion-acts">
      <Button
        pressed={agreed ?? false}
        reason={
          released
            ? t("Shown to everyone")
            : unsaved
              ? t("Once the text is saved")
              : null
        }
        onPress={() =>
          void carry("write_conclusion", { conclusion: id, agreed: !agreed, version })
        }
      >
        {t("Agreed")}
      </Button>
      <Button
        shortcut="Alt ↑"
        reason={why ?? (place === 0 ? t("The first") : null)}
        onPress={() => move(place - 1)}
      >
        {t("Up")}
      </Button>
      <Button
        shortcut="Alt ↓"
        reason={why ?? (place === among - 1 ? t("The last") : null)}
        onPress={() => move(place + 1)}
      >
        {t("Down")}
      </Button>
      {!why && (
        <>
          <label class="under">
            <span class="unseen">{t("Stands under")}</span>
            <select
              class="field"
              value={keyOf(conclusion)}
              onChange={(event) => under(event.currentTarget.value)}
            >
              {headings(store.segments.value).map((each) => (
                <option key={keyOf(each)} value={keyOf(each)}>
                  {headingName(store, each)}
                </option>
              ))}
            </select>
          </label>
          <PressTwice
            grave
            again={t("Press again to drop it")}
            onPress={() =>
              void carry("drop_conclusion", { expect: { conclusion: id, version } })
            }
          >
            {t("Drop")}
          </PressTwice>
        </>
      )}
      <Button
        class="to-support"
        onPress={() =>
          document.getElementById(SUPPORT_ID)?.scrollIntoView({ block: "start" })
        }
      >
        {t("Link interventions")}
      </Button>
      <Keep id={id} place={place} />
    </div>
  );
}

/** After a move the cursor stays in the card, and the card in sight. */
function Keep({ id, place }: { id: string; place: number }) {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    const card = document.getElementById(textId(id))?.closest("li");
    if (card && !card.contains(document.activeElement)) {
      document.getElementById(textId(id))?.focus({ preventScroll: true });
    }
    card?.scrollIntoView({ block: "nearest" });
  }, [id, place]);
  return null;
}
