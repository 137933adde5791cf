import type { ReadonlySignal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { t } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { prose, proseText } from "./prose.ts";
import { headingOf, type Row } from "./rows.ts";

/** Opens the record as the Journal prints it, to be copied. */
export function JournalButton({
  store,
  rows,
}: {
  store: Store;
  rows: ReadonlySignal<readonly Row[]>;
}) {
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const close = () => {
    setOpen(false);
    setCopied(false);
  };
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(field.current?.value ?? "");
      setCopied(true);
    } catch {
      // plain http has no clipboard: the text is selected and can be copied by hand
    }
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("Journal")}</Button>
      <Dialog
        open={open}
        title={t("As the Journal prints it")}
        onClose={close}
        class="wide"
      >
        <textarea
          ref={field}
          class="field journal-text"
          readOnly
          dir="auto"
          rows={16}
          aria-label={t("As the Journal prints it")}
          value={proseText(prose(rows.value, (row) => headingOf(store, row)))}
        />
        <div class="dialog-actions">
          <Button main onPress={() => void copy()}>
            {copied ? t("Copied") : t("Copy")}
          </Button>
          <Button onPress={close}>{t("Close")}</Button>
        </div>
      </Dialog>
    </>
  );
}
