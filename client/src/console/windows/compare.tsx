import { t } from "../../lib/i18n.ts";
import { label } from "../../lib/names.ts";
import { whyReasons } from "../../lib/why.ts";
import { Name } from "../../parts/Name.tsx";
import type { Preview } from "../api.ts";
import type { Desk } from "../desk.ts";

/** The list as it would stand, beside the places of today. */
export function Compare({
  desk,
  preview,
  now,
}: {
  desk: Desk;
  preview: Preview;
  now: readonly string[];
}) {
  const rows = preview.order.flatMap((id) => desk.store.requests.value.get(id) ?? []);
  const shared = sharedBy(preview.order.map((id) => preview.why[id] ?? []));
  const moved = preview.order.filter((id, at) => now.indexOf(id) !== at).length;
  return (
    <>
      <p class="label" role="status">
        {moved === 0
          ? t("As it would stand: nobody moves")
          : t("As it would stand: {n} of {all} move", { n: moved, all: rows.length })}
      </p>
      {preview.to_draw && (
        <p class="small soft">
          {t("The lots are still to be drawn; until then it stands as below.")}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls by the keyboard */}
      <section class="compare" aria-label={t("As it would stand")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th class="fig">{t("New")}</th>
              <th class="fig">{t("Now")}</th>
              <th>{t("Delegation")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((request, at) => {
              const was = now.indexOf(request.id);
              return (
                <tr key={request.id} data-moved={was !== at || undefined}>
                  <td class="fig">
                    <span class="num">{at + 1}</span>
                  </td>
                  <td class="fig">
                    <span class="num">{was + 1}</span>
                  </td>
                  <td>
                    <Name text={label(request).main} />
                    <small>{whyReasons(own(preview.why[request.id], shared))}</small>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** What is said of all alike decides nothing between them. */
function sharedBy(all: readonly (readonly string[])[]): ReadonlySet<string> {
  const [first = [], ...rest] = all;
  const same = first.filter((code) => rest.every((codes) => codes.includes(code)));
  return new Set(rest.length === 0 ? [] : same);
}

function own(codes: readonly string[] = [], shared: ReadonlySet<string>) {
  return codes.filter((code) => !shared.has(code));
}
