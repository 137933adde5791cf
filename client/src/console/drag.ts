/** Dragging a row by its place; Alt and the arrows do the same without a mouse. */
import { useState } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { moveTo } from "./rowPresses.ts";

export interface Drag {
  is(request: string): boolean;
  over(request: string): boolean;
  handlers(request: string): {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
  };
}

interface State {
  readonly request: string;
  readonly target: string | null;
}

export function useDrag(desk: Desk): Drag {
  const [state, setState] = useState<State | null>(null);
  const drop = () => {
    const rows = desk.rows.peek();
    const dragged = rows.find((each) => each.id === state?.request);
    if (dragged && state?.target) {
      const press = moveTo(desk, dragged, state.target);
      if (press) desk.press(press);
    }
    setState(null);
  };
  return {
    is: (request) => state?.request === request && state.target !== null,
    over: (request) => state?.target === request && state.request !== request,
    handlers: (request) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        setState({ request, target: null });
      },
      onPointerMove(event) {
        if (state?.request !== request) return;
        const target = rowAt(event);
        if (target && target !== state.target) setState({ request, target });
      },
      onPointerUp: drop,
      onPointerCancel: () => setState(null),
    }),
  };
}

function rowAt({ clientX, clientY }: PointerEvent): string | null {
  const under = document.elementFromPoint(clientX, clientY);
  return under?.closest("[data-row]")?.getAttribute("data-row") ?? null;
}
