import { cleanup } from "@testing-library/preact";
import { afterEach } from "vitest";

// Without test globals the library cannot register this by itself.
afterEach(cleanup);
