import { sections } from "../conclusions/order.ts";
import { t } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { Place } from "./Place.tsx";

/** The conclusions that everyone may read; a quiet section, nothing while there is none. */
export function Released({ store }: { store: Store }) {
  const all = store.conclusions.value;
  const { questions } = store.meeting.value;
  if (![...all.values()].some((each) => each.released !== false)) return null;
  // who sees more than what is released is shown here what everyone sees
  const seen = new Map([...all].filter(([, each]) => each.released !== false));
  const parts = [false, true].flatMap((addendum) =>
    sections(store.segments.value, questions, seen, addendum),
  );
  return (
    <details class="released">
      <summary>
        {t("Conclusions")} <span class="num soft">{seen.size}</span>
      </summary>
      {parts.map(({ key, question, words, title, conclusions }) => (
        <section key={`${key}${conclusions[0]?.addendum}`}>
          <p class="released-about">
            {question !== null && <Place n={question} />}
            <bdi>{words || title}</bdi>
          </p>
          <ul>
            {conclusions.map((each) => (
              <li key={each.id}>
                <bdi>{each.text}</bdi>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
}
