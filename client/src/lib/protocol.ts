/** The contract with the server: the generated types, and names made from them. */

import type {
  Answer,
  Command,
  Entities,
  FloorEntity,
  No,
  Ok,
  RequestEntity,
  ServerEvents,
} from "../generated/protocol.ts";

export type * from "../generated/protocol.ts";

/** The version of the wire that this client speaks. */
export const PROTOCOL = 2;

export type Here = ServerEvents["here"];
export type MineFrame = ServerEvents["mine"];
export type Bye = ServerEvents["bye"];
export type Role = ServerEvents["welcome"]["you"]["role"];
export type Collection = keyof Entities;
export type Entity = Entities[Collection];
export type Kind = RequestEntity["kind"];
export type Phase = FloorEntity["phase"];
export type Refusal = No;
export type RefusalCode = No["code"];
export type Done = Ok;

export type CommandType = Command["type"];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;
/** What a caller of `send` says: everything but what `send` itself adds. */
export type FieldsOf<T extends CommandType> = Omit<
  CommandOf<T>,
  "type" | "id" | "asked_at" | "valid_ms"
>;
export type Outcome = Answer["outcome"];
