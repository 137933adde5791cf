/**
 * The plural rules of gettext catalogues: "nplurals=2; plural=(n != 1);".
 *
 * The rule is a small expression of C. It is parsed, never run as script: the
 * Content-Security-Policy forbids that, and a catalogue is data.
 */

/** Which of a message's forms goes with a number. */
export type Plural = (n: number) => number;

const TOKEN = /\s*(\d+|n|\|\||&&|[=!<>]=|[<>?:()%*/+!-])/y;
const LEVELS = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];

const APPLY: Record<string, (a: number, b: number) => number> = {
  "||": (a, b) => Number(a !== 0 || b !== 0),
  "&&": (a, b) => Number(a !== 0 && b !== 0),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => Math.trunc(a / b),
  "%": (a, b) => a % b,
};

/** Makes the rule of a `Plural-Forms` header. Throws on what is no such rule. */
export function pluralRule(header: string): Plural {
  const expression = /plural\s*=\s*([^;]+)/.exec(header)?.[1] ?? header;
  const tokens = tokensOf(expression.trim());
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError(`plural rule: ${expected ?? "more"} expected in ${header}`);
    }
    return token;
  };

  const choice = (): Plural => {
    const test = level(0);
    if (tokens[at] !== "?") return test;
    take("?");
    const yes = choice();
    take(":");
    const no = choice();
    return (n) => (test(n) !== 0 ? yes(n) : no(n));
  };
  const level = (depth: number): Plural => {
    const operators = LEVELS[depth];
    if (operators === undefined) return unary();
    let left = level(depth + 1);
    for (let sign = tokens[at]; sign && operators.includes(sign); sign = tokens[at]) {
      const apply = APPLY[take()] as (a: number, b: number) => number;
      const before = left;
      const right = level(depth + 1);
      left = (n) => apply(before(n), right(n));
    }
    return left;
  };
  const unary = (): Plural => {
    const token = take();
    if (token === "n") return (n) => n;
    if (token === "!") {
      const inner = unary();
      return (n) => Number(inner(n) === 0);
    }
    if (token === "(") {
      const inner = choice();
      take(")");
      return inner;
    }
    const value = Number(token);
    if (!Number.isInteger(value)) throw new SyntaxError(`plural rule: ${header}`);
    return () => value;
  };

  const rule = choice();
  if (at < tokens.length) throw new SyntaxError(`plural rule: ${header}`);
  return rule;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text)?.[1];
    if (found === undefined) throw new SyntaxError(`plural rule: ${text}`);
    tokens.push(found);
  }
  return tokens;
}
