import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import type { LinkEntity, Present } from "../../lib/protocol.ts";
import { createStore } from "../../lib/store.ts";
import type { Desk } from "../desk.ts";
import { PeopleWindow } from "./people.tsx";

function device(id: string, over: Partial<Present>): Present {
  return {
    id,
    link: "k1",
    role: "delegate",
    delegation: "XAD",
    device: "Phone",
    since: 1_594_395_000_000,
    server: "a",
    row: null,
    label: "",
    ...over,
  };
}

function open(...devices: readonly Present[]): void {
  const store = createStore({ state: null });
  const set = Object.fromEntries(devices.map((each) => [each.id, each]));
  store.takeHere({ n: 0, set, drop: [] });
  const links = new Map([["k1", { delegation: "XAD" } as LinkEntity]]);
  const desk = { store: { ...store, links: { value: links } } };
  render(<PeopleWindow desk={desk as unknown as Desk} />);
}

afterEach(cleanup);

describe("Who is connected", () => {
  it("is said without a server where there is one", () => {
    open(device("1", {}), device("2", { device: "" }));
    expect(screen.getByText("Phone, unnamed device")).toBeTruthy();
    expect(screen.queryByText(/each server/)).toBeNull();
  });

  it("is said with the server of each device where there are several", () => {
    open(
      device("1", {}),
      device("2", { device: "", server: "b" }),
      device("3", {
        server: "b",
        device: "Laptop",
        link: "k9",
        role: "chair",
        delegation: null,
      }),
    );
    expect(screen.getByText("Phone · a, b")).toBeTruthy();
    expect(screen.getByText("Laptop · b")).toBeTruthy();
    expect(screen.getByText(/each server/).textContent).toBe(
      "Devices on each server: a · 1 b · 2",
    );
  });
});
