import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";

/** What was refused, inside a window; with what may be done nevertheless. */
export function Refused({ desk, also }: { desk: Desk; also?: () => void }) {
  const word = desk.word.value;
  if (word?.tone !== "refused") return null;
  return (
    <div class="elsewhere" role="alert">
      <p>{word.text}</p>
      {word.press && <Act desk={desk} press={word.press} {...(also ? { also } : {})} />}
    </div>
  );
}
