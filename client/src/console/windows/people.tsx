import { useSignal } from "@preact/signals";
import { commas, t, time } from "../../lib/i18n.ts";
import { fold, listName } from "../../lib/names.ts";
import type { LinkEntity, Present } from "../../lib/protocol.ts";
import { deviceNames, devicesByServer } from "../../lib/servers.ts";
import { Button } from "../../parts/Button.tsx";
import type { Desk } from "../desk.ts";
import { devicesOf } from "../people.ts";
import { roleName } from "../roles.ts";

/** Who is connected: by delegation, and everyone else by role. */
export function PeopleWindow({ desk }: { desk: Desk }) {
  const wanted = useSignal("");
  const here = desk.store.here.value;
  const delegations = delegationsOf(desk.store.links.value.values());
  const shown = delegations.filter((code) =>
    fold(listName(code)).includes(fold(wanted.value)),
  );
  const others = [...here.values()].filter((each) => each.delegation === null);
  const absent = shown.filter((code) => devicesOf(here, code).length === 0);
  const present = shown.filter((code) => devicesOf(here, code).length > 0);
  const nameOf = deviceNames(here);
  return (
    <>
      <div class="line">
        <input
          class="field"
          aria-label={t("Search")}
          placeholder={t("Search")}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
        <Button
          onPress={() => {
            desk.window.value = { name: "links" };
          }}
        >
          {t("Links and QR codes")}
        </Button>
      </div>
      <Servers counts={devicesByServer(here)} />
      <h3>{t("Secretariat, displays and others · {n}", { n: others.length })}</h3>
      <ul class="rows">
        {others.map((each) => (
          <li key={each.id}>
            <b>{roleName(each.role)}</b>
            <span>
              <bdi>{ownerAndName(desk, each, nameOf)}</bdi>
            </span>
            <time>{time(each.since, desk.store.meeting.value.zone)}</time>
          </li>
        ))}
      </ul>
      <h3>{t("Delegations here · {n}", { n: present.length })}</h3>
      <ul class="rows">
        {present.map((code) => (
          <Delegation
            key={code}
            devices={devicesOf(here, code)}
            nameOf={nameOf}
            code={code}
          />
        ))}
      </ul>
      <h3>{t("Delegations not connected · {n}", { n: absent.length })}</h3>
      <p class="soft">{absent.map((code) => listName(code)).join(" · ")}</p>
    </>
  );
}

/** Where several servers keep the meeting: how many devices each has. */
function Servers({ counts }: { counts: ReadonlyMap<string, number> }) {
  if (counts.size === 0) return null;
  return (
    <p class="soft">
      {t("Devices on each server")}
      {":"}
      {[...counts].map(([name, n]) => (
        <span key={name}>
          {" "}
          <bdi class="badge">
            {name} · {n}
          </bdi>
        </span>
      ))}
    </p>
  );
}

interface DelegationProps {
  code: string;
  devices: readonly Present[];
  nameOf: (device: Present) => string;
}

function Delegation({ code, devices, nameOf }: DelegationProps) {
  return (
    <li>
      <b>
        <bdi>{listName(code)}</bdi>
      </b>
      <span class="soft">
        <bdi>{commas(devices.map((each) => nameOf(each) || t("unnamed device")))}</bdi>
      </span>
      <span class="num">{devices.length}</span>
    </li>
  );
}

function ownerAndName(
  desk: Desk,
  present: Present,
  nameOf: (device: Present) => string,
): string {
  const link = desk.store.links.value.get(present.link);
  return (
    [link?.label, nameOf(present)].filter(Boolean).join(" · ") || t("unnamed device")
  );
}

function delegationsOf(links: Iterable<LinkEntity>): string[] {
  const codes = new Set<string>();
  for (const link of links)
    if (link.delegation && !link.revoked) codes.add(link.delegation);
  return [...codes].sort((a, b) => listName(a).localeCompare(listName(b)));
}
