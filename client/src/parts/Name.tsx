import { label, type Voice } from "../lib/names.ts";

/** A name, with its own direction; a form of State in brackets is kept whole. */
export function Name({ text, class: also }: { text: string; class?: string }) {
  const [, before, form] = /^(.+?)\s*(\([^)]+\))$/.exec(text) ?? [];
  return (
    <bdi class={also ? `name ${also}` : "name"}>
      {form ? (
        <>
          {before} <span class="form">{form}</span>
        </>
      ) : (
        text
      )}
    </bdi>
  );
}

/** A voice as it is shown everywhere: the name, and under it for whom or as what. */
export function Who({ voice, person = false }: { voice: Voice; person?: boolean }) {
  const { main, sub, person: speaker } = label(voice);
  return (
    <span class="who">
      <Name text={main} />
      {sub && <small class="who-sub">{sub}</small>}
      {person && speaker && (
        <small class="who-sub">
          <bdi>{speaker}</bdi>
        </small>
      )}
    </span>
  );
}
