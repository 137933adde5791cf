import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/**
 * A native dialog: the page behind is inert, Escape closes, and the focus returns to
 * where it was. Its content is there only while it is open.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose } = props;
  const element = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!open || dialog === null) return;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [open]);
  return (
    <dialog
      ref={element}
      class={["dialog", props.class].filter(Boolean).join(" ")}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {open && (
        <div class="dialog-body">
          <h2 id={title}>{props.title}</h2>
          {props.children}
        </div>
      )}
    </dialog>
  );
}
