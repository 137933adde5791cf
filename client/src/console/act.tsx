import type { ComponentChildren } from "preact";
import { Button } from "../parts/Button.tsx";
import type { Desk } from "./desk.ts";
import type { Press } from "./press.ts";

export interface ActProps {
  readonly desk: Desk;
  /** Null where there is nothing to press; then `why` says why. */
  readonly press: Press | null;
  readonly why?: string | null;
  readonly shortcut?: string;
  readonly grave?: boolean;
  readonly class?: string;
  readonly note?: ComponentChildren;
  /** Words in place of the press's own. */
  readonly children?: ComponentChildren;
  /** What else happens at the press, such as closing a window. */
  readonly also?: () => void;
}

/** A button that sends exactly what it shows; without a line it says so. */
export function Act(props: ActProps) {
  const { desk, press, also } = props;
  const reason = press ? desk.whyNot(press.type) : (props.why ?? desk.blocked.value);
  return (
    <Button
      onPress={() => {
        if (!press) return;
        desk.press(press);
        also?.();
      }}
      reason={reason}
      busy={desk.isOnItsWay(press)}
      {...(props.shortcut === undefined ? {} : { shortcut: props.shortcut })}
      {...(props.class === undefined ? {} : { class: props.class })}
      {...(props.note === undefined ? {} : { note: props.note })}
      grave={props.grave ?? false}
    >
      {props.children ?? press?.label}
    </Button>
  );
}
