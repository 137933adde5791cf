import { Name } from "../parts/Name.tsx";
import { NAME_IS_LONG } from "./fit.ts";

/** What stands largest: a name, in one of two sizes. */
export function Big({ text, held = false }: { text: string; held?: boolean }) {
  return (
    <h1
      class="hall-name"
      data-long={text.length > NAME_IS_LONG || undefined}
      data-held={held || undefined}
    >
      <Name text={text} />
    </h1>
  );
}
