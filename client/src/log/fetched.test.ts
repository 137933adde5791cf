import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import type { Boot } from "../lib/boot.ts";
import { fetchedRows } from "./fetched.ts";
import { rowsOf } from "./rows.ts";

const BOOT = { meeting: "m", link: "k1" } as Boot;

it("asks for rows that are missing, and again when those may be of a lost past", async () => {
  const answers = [
    [anIntervention("i1.0", 1), anIntervention("i2.0", 2)],
    [anIntervention("i1.0", 1)],
  ];
  const get = vi.fn(async () => Response.json({ rows: answers.shift() }));
  const fetched = fetchedRows(BOOT, get as never);
  const live = signal(new Map([["i3.0", anIntervention("i3.0", 3)]]));
  const rows = () => rowsOf(fetched.rows.value, live.value, []);
  const present = signal(rows());
  fetched.complete(present);
  await vi.waitFor(() => expect(rows()).toHaveLength(3));

  fetched.forget();
  live.value = new Map([["i4.0", anIntervention("i4.0", 2)]]);
  expect(rows().map((each) => each.id)).toEqual(["i4.0"]);
  present.value = rows();
  await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
  await vi.waitFor(() =>
    expect(rows().map((each) => each.id)).toEqual(["i1.0", "i4.0"]),
  );
});
