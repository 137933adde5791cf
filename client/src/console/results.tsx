import { t } from "../lib/i18n.ts";
import { Name } from "../parts/Name.tsx";
import { Code } from "./code.tsx";
import type { Desk } from "./desk.ts";
import { type Choice, standingOf } from "./finding.ts";

export interface ResultsProps {
  readonly desk: Desk;
  readonly text: string;
  readonly found: readonly Choice[];
  readonly index: number;
  /** Enter was pressed where nothing may be taken unread. */
  readonly asked: boolean;
  readonly onTake: (choice: Choice) => void;
  /** A point of order of it, instead of a place on the list. */
  readonly onRaise: (choice: Choice) => void;
}

export function Results(props: ResultsProps) {
  const { desk, found, index, asked, onTake, onRaise } = props;
  const at = found[index];
  const nobody = found.every((each) => each.person !== "");
  return (
    <>
      {nobody && <p class="nothing">{t("Not in this meeting's roster.")}</p>}
      {!nobody && asked && (
        <p class="nothing" role="alert">
          {t("Easily confused: choose with ↓, then Enter.")}
        </p>
      )}
      <div class="results" id="found" role="listbox" aria-label={t("Found")}>
        {found.map((choice, n) => (
          <Result
            key={choice.key}
            desk={desk}
            choice={choice}
            n={n}
            isAt={n === index}
            onTake={onTake}
          />
        ))}
      </div>
      {at?.code && (
        <button type="button" class="link raise" onClick={() => onRaise(at)}>
          {t("Point of order …")} <kbd>⇧ {t("Enter")}</kbd>
        </button>
      )}
    </>
  );
}

function Result({
  desk,
  choice,
  n,
  isAt,
  onTake,
}: {
  desk: Desk;
  choice: Choice;
  n: number;
  isAt: boolean;
  onTake: (choice: Choice) => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
    <div
      id={`found-${n}`}
      role="option"
      aria-selected={isAt}
      data-at={isAt || undefined}
      data-person={choice.person ? true : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onTake(choice)}
    >
      {choice.code ? <Code code={choice.code} /> : null}
      <span class="found-name">
        <Name text={choice.main} />
        {choice.sub && <small>{choice.sub}</small>}
        {choice.code && <small>{standingOf(desk, choice.code)}</small>}
      </span>
      {isAt && <kbd>{t("Enter")}</kbd>}
    </div>
  );
}
