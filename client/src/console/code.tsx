import { roster } from "../lib/names.ts";

const SHORT = 4;

/** The roster's code, for the operator's eye only; nothing where there is none. */
export function Code({ code }: { code: string | null }) {
  if (!code) return <span class="code none" aria-hidden="true" />;
  const tier = roster.value.delegations[code]?.tier;
  const state = tier === "member_state" || tier === "observer_state";
  return (
    <span class="code" data-org={!state || undefined} aria-hidden="true">
      {code.slice(0, SHORT)}
    </span>
  );
}
