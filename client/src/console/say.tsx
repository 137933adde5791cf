import { lines, type When } from "../chair/prompter.ts";
import { t } from "../lib/i18n.ts";
import { tick } from "../lib/time.ts";
import type { Desk } from "./desk.ts";

/** So many are read at a glance; the chair's own page has them all. */
const SHOWN = 2;
/** Sentences of more letters stand smaller, so that they are seen whole. */
const MANY = 260;
/** The same while an interrupted speaker stands above. */
const MANY_BELOW_HELD = 140;

/** What the chair reads at this moment, word for word. */
export function Say({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  if (meeting.state !== "in_session") return null;
  const held = desk.store.beneath.value.length > 0 || desk.scene.value.ruling !== null;
  const many = held ? MANY_BELOW_HELD : MANY;
  const said = lines(desk.store, tick.value).slice(0, SHOWN);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long words scroll by the keyboard
    <section class="say" aria-label={t("What the Chair says")} tabIndex={0}>
      {said.map((line) => (
        <p key={line.when + line.text} data-long={line.text.length > many || undefined}>
          <span class="label">{whenText(line.when)}</span>
          <bdi>{line.text}</bdi>
        </p>
      ))}
    </section>
  );
}

function whenText(when: When): string {
  const texts: Record<When, string> = {
    now: t("To say"),
    after: t("To say afterwards"),
    silent: t("If nobody answers"),
    also: t("To say also"),
  };
  return texts[when];
}
