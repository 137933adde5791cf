import type { ComponentChildren } from "preact";
import { t } from "../lib/i18n.ts";
import { stalledSince } from "../lib/word.ts";

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** The thing to do now: one on a screen. */
  readonly main?: boolean;
  /** Takes something away. */
  readonly grave?: boolean;
  readonly big?: boolean;
  readonly pressed?: boolean;
  /** On its way: pressed, and not yet done. */
  readonly busy?: boolean;
  /** Why it cannot be pressed now; said in the button, which stays readable. */
  readonly reason?: string | null | undefined;
  /** A second line. */
  readonly note?: ComponentChildren;
  /** The key that presses it, shown. */
  readonly shortcut?: string;
  readonly class?: string;
  readonly type?: "button" | "submit";
  /** For the tests and for a name that the text alone does not give. */
  readonly label?: string;
  readonly autofocus?: boolean;
}

/** A button that, where it cannot be pressed, says why instead of going grey. */
export function Button(props: ButtonProps) {
  const { reason, note, shortcut, pressed, busy } = props;
  const off = Boolean(reason);
  const waits = busy ? waitingWord() : "";
  const below = reason || waits || note;
  return (
    <button
      type={props.type ?? "button"}
      class={["button", props.big && "big", props.class].filter(Boolean).join(" ")}
      data-main={(props.main && !off && !busy) || undefined}
      data-grave={props.grave || undefined}
      data-pressed={pressed || undefined}
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-label={props.label}
      autofocus={props.autofocus}
      onClick={(event) => {
        if (off) event.preventDefault();
        else props.onPress();
      }}
    >
      <span class="button-words">
        <span>{props.children}</span>
        {below && (
          <small>
            {reason || waits || note}
            {!reason && waits && note && <> · {note}</>}
          </small>
        )}
      </span>
      {shortcut && (
        <span aria-hidden="true">
          <kbd>{shortcut}</kbd>
        </span>
      )}
    </button>
  );
}

/** What is on its way goes no further while the server can keep nothing. */
export function waitingWord(): string {
  return stalledSince.value === null ? "" : t("Waiting");
}
