import type { ComponentChildren } from "preact";

/** The one sentence of a pad, a second under it, and what belongs to it. */
export function Words({
  first,
  second,
  class: also,
  children,
}: {
  first: ComponentChildren;
  second?: ComponentChildren;
  class?: string;
  children?: ComponentChildren;
}) {
  return (
    <section class={also ? `stand ${also}` : "stand"}>
      <div role="status">
        <p class="first">{first}</p>
        {second && <p class="second">{second}</p>}
      </div>
      {children}
    </section>
  );
}
