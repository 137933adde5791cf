import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/i18n.ts";

/** A text to copy by hand, where the browser has no clipboard for us. */
export function TextWindow({ text }: { text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <label class="stack">
      {t("This browser cannot copy by itself here: press Ctrl C.")}
      <textarea class="field" rows={10} readOnly ref={field} value={text} />
    </label>
  );
}
