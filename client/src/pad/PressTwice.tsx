import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, type ButtonProps } from "../parts/Button.tsx";

const FORGET_MS = 5_000;

/** A button for what cannot be taken back by the one who presses: asks once more. */
export function PressTwice({
  again,
  ...props
}: ButtonProps & {
  /** What it says after the first press. */
  readonly again: ComponentChildren;
}) {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), FORGET_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const press = () => {
    if (armed) props.onPress();
    setArmed(!armed);
  };
  return (
    <Button {...props} pressed={armed} onPress={press}>
      {armed ? again : props.children}
    </Button>
  );
}
