import { Exporting } from "../../log/exporting.tsx";
import type { Desk } from "../desk.ts";

/** The documents of the record, as the rapporteur has them, and the signed history. */
export function DocumentsWindow({ desk }: { desk: Desk }) {
  const { audience, role } = desk.store.you.value;
  return <Exporting boot={desk.boot} own={audience} moderator={role === "moderator"} />;
}
