import { t } from "../../lib/i18n.ts";
import { Button } from "../../parts/Button.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import type { Desk } from "../desk.ts";

/** Asked only before what cannot be taken back; the safe answer has the focus. */
export function AskWindow({ desk }: { desk: Desk }) {
  const press = desk.asking.value;
  const close = () => {
    desk.asking.value = null;
  };
  return (
    <Dialog open={press !== null} title={press?.ask?.title ?? ""} onClose={close}>
      <p>{press?.ask?.text}</p>
      <div class="dialog-actions">
        <Button onPress={close} autofocus>
          {t("Back")}
        </Button>
        <Button
          grave
          onPress={() => {
            close();
            if (press) void desk.carryOut(press);
          }}
        >
          {press?.ask?.yes}
        </Button>
      </div>
    </Dialog>
  );
}
