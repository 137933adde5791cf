import type { ComponentChildren } from "preact";

/** The dark plate of who has the floor. A screen has one. */
export function Plate({
  class: also,
  label,
  children,
}: {
  class?: string;
  /** Names the region for those who do not see it. */
  label?: string;
  children: ComponentChildren;
}) {
  return (
    <section class={also ? `plate ${also}` : "plate"} aria-label={label}>
      {children}
    </section>
  );
}
