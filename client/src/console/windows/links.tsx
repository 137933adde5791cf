import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../lib/i18n.ts";
import type { LinkEntity } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { ApiFailure, type LinkPaper, linkPaper } from "../api.ts";
import { copied } from "../copy.ts";
import type { Desk } from "../desk.ts";
import { linkName, linksFor } from "../linkSearch.ts";
import type { Press } from "../press.ts";

/** "My phone is lost": two letters, renew, and the new link with its QR code. */
export function LinksWindow({ desk }: { desk: Desk }) {
  const wanted = useSignal("");
  const open = useSignal<string | null>(null);
  const found = linksFor(wanted.value, desk.store.links.value);
  return (
    <>
      <input
        class="field"
        autofocus
        aria-label={t("Search a delegation or a role")}
        placeholder={t("Search a delegation or a role")}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
          open.value = null;
        }}
      />
      {found.length === 0 && <p>{t("No link found.")}</p>}
      <ul class="rows">
        {found.map((link) => (
          <li key={link.id}>
            <b>
              <bdi>{linkName(link)}</bdi>
            </b>
            <span class="soft">{standing(desk, link)}</span>
            <Button
              onPress={() => {
                open.value = open.value === link.id ? null : link.id;
              }}
              pressed={open.value === link.id}
            >
              {t("Show the link")}
            </Button>
            {open.value === link.id && <Paper key={link.id} desk={desk} link={link} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function standing(desk: Desk, link: LinkEntity): string {
  if (link.revoked) return t("withdrawn");
  const here = [...desk.store.here.value.values()];
  const n = here.filter((each) => each.link === link.id).length;
  return n > 0 ? t("connected: {n}", { n }) : t("not connected");
}

function Paper({ desk, link }: { desk: Desk; link: LinkEntity }) {
  const paper = useSignal<LinkPaper | null>(null);
  const trouble = useSignal("");
  const show = async () => {
    trouble.value = "";
    try {
      paper.value = await linkPaper(desk.boot, link.id);
    } catch (error) {
      trouble.value = error instanceof ApiFailure ? error.message : String(error);
    }
  };
  // Renewed or withdrawn, here or by a colleague: an old paper must not stay in sight.
  useEffect(() => {
    if (paper.value === null) return;
    paper.value = null;
    if (!link.revoked) void show();
  }, [link.generation, link.revoked]);
  const act = async (type: "renew_link" | "revoke_link") => {
    const press: Press = { type, fields: { link: link.id }, label: "" };
    const final = await desk.carryOut(press);
    if (final.outcome === "no") trouble.value = final.message;
    else if (type === "renew_link") await show();
  };
  const name = linkName(link);
  return (
    <div class="paper">
      <div class="dialog-actions">
        {!link.revoked && (
          <Button onPress={() => void show()}>{t("Show link and QR code")}</Button>
        )}
        <Button
          onPress={() => void act("renew_link")}
          reason={desk.blocked.value}
          note={t("the old one stops at once")}
        >
          {t("Renew")}
        </Button>
        {!link.revoked && (
          <Button
            grave
            onPress={() => void act("revoke_link")}
            reason={desk.blocked.value}
            note={t("closes its devices")}
          >
            {t("Withdraw")}
          </Button>
        )}
      </div>
      {trouble.value && <p role="alert">{trouble.value}</p>}
      {paper.value && (
        <div class="line">
          <img
            class="qr"
            alt={t("QR code of the link for {name}", { name })}
            src={`data:image/svg+xml;base64,${btoa(paper.value.qr_svg)}`}
          />
          <div class="stack">
            <code class="url" dir="ltr">
              {paper.value.url}
            </code>
            <Button
              onPress={() =>
                void copied(desk, paper.value?.url ?? "", t("The link was copied."))
              }
            >
              {t("Copy the link")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
