/** Conclusions to be read aloud: on the Chair's page, and on paper for the speaker. */
import { render } from "preact";
import { day, t, time } from "../lib/i18n.ts";
import { label, unnamed } from "../lib/names.ts";
import type { Store } from "../lib/store.ts";
import { Place } from "../parts/Place.tsx";
import { type Section, sections } from "./order.ts";

/** The whole text in its order, the addendum under a heading of its own. */
export function Reading({ store }: { store: Store }) {
  const { questions } = store.meeting.value;
  const all = store.conclusions.value;
  const parts = [false, true].map((addendum) =>
    sections(store.segments.value, questions, all, addendum),
  );
  const [handed = [], addendum = []] = parts;
  return (
    <div class="reading">
      <Part sections={handed} />
      {addendum.length > 0 && (
        <>
          <h3 class="addendum">{t("Addendum")}</h3>
          <Part sections={addendum} />
        </>
      )}
    </div>
  );
}

function Part({ sections: all }: { sections: readonly Section[] }) {
  let before = "";
  return (
    <>
      {all.map(({ key, title, question, words, conclusions }) => {
        const isNew = title !== before;
        before = title;
        return (
          <section key={key}>
            {isNew && (
              <p class="label">
                <bdi>{title}</bdi>
              </p>
            )}
            {question !== null && (
              <p class="reading-question">
                <Place n={question} />
                <bdi>{words}</bdi>
              </p>
            )}
            <ol>
              {conclusions.map((each) => (
                <li key={each.id}>
                  <p class="reading-text">
                    <bdi>{each.text}</bdi>
                  </p>
                  {each.agreed === false && (
                    <small class="soft">{t("Not agreed yet")}</small>
                  )}
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </>
  );
}

/** Who presents the conclusions, as the programme has it; "" where it does not say. */
export function presenter(store: Store): string {
  const last = [...store.segments.value.values()]
    .filter((each) => each.kind === "conclusions")
    .at(-1);
  const request = last && store.queueOf(last.list).at(-1);
  if (!request || unnamed(request)) return "";
  const { main, sub } = label(request);
  return [main, sub].filter(Boolean).join(", ");
}

/** The sheet that the last speaker takes to the lectern. */
function Paper({ store }: { store: Store }) {
  const { title, zone, starts_at, handed_over_at } = store.meeting.value;
  const who = presenter(store);
  return (
    <article class="printed-sheet">
      <p>
        <bdi>{title}</bdi>
        {starts_at !== null && ` · ${day(starts_at, zone)}`}
      </p>
      <h1>{t("Conclusions")}</h1>
      {who && <p>{t("To be presented by {name}", { name: who })}</p>}
      <p class="soft">
        {(handed_over_at ?? null) === null
          ? t("A draft: not handed over yet")
          : t("As handed over at {time}", { time: time(handed_over_at ?? 0, zone) })}
      </p>
      <Reading store={store} />
    </article>
  );
}

/** Prints the conclusions alone, in large letters, from whatever page this is. */
export function printConclusions(store: Store, print = () => globalThis.print()): void {
  const sheet = document.createElement("div");
  sheet.className = "printed";
  document.body.append(sheet);
  render(<Paper store={store} />, sheet);
  const root = document.documentElement;
  const done = () => {
    delete root.dataset.printed;
    render(null, sheet);
    sheet.remove();
  };
  root.dataset.printed = "";
  addEventListener("afterprint", done, { once: true });
  print();
}
