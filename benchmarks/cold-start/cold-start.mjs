// Cold starts of Chatelaine and of two npm-published servers for secrets, interleaved in one run. See ../README.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { coldStart } from "./session.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const app = join(root, "mcp-server", "target", "app");

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
    "java-home": { type: "string", multiple: true, default: [process.env.JAVA_HOME ?? ""] },
  },
});

function peer(name, env) {
  const directory = join(here, "node_modules", name);
  const { bin, version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const script = typeof bin === "string" ? bin : Object.values(bin)[0];
  return { name: `${name} ${version}`, peer: true, command: [process.execPath, join(directory, script)], env };
}

function chatelaine(javaHome, home) {
  const launcher = join(root, platform() === "win32" ? "chatelaine.cmd" : "chatelaine");
  const env = { CHATELAINE_HOME: home, ...(javaHome && { JAVA_HOME: javaHome }) };
  return { name: `chatelaine (Java ${javaVersion(javaHome)})`, javaHome, command: [launcher, "stdio"], env };
}

function java(javaHome, ...args) {
  return spawnSync(javaHome ? join(javaHome, "bin", "java") : "java", args, { encoding: "utf8" });
}

function javaVersion(javaHome) {
  const { stderr } = java(javaHome, "-XshowSettings:properties", "-version");
  return /java\.version = (\S+)/.exec(stderr ?? "")?.[1] ?? "?";
}

/** The first start builds the program and has the archive made; neither is what a host waits for every day. */
async function prepare(contestant) {
  await coldStart(contestant, 15 * 60_000);
  if (contestant.peer) return;
  const jar = join(app, "chatelaine.jar");
  java(contestant.javaHome, "-cp", jar, "dev.chatelaine.mcp.startup.ArchiveMain", app, join(app, "archive"));
}

function median(numbers) {
  const sorted = numbers.filter((n) => n !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function summarise(contestant) {
  const times = contestant.starts.map((start) => start.milliseconds);
  return {
    name: contestant.name,
    peer: Boolean(contestant.peer),
    tools: contestant.starts[0].tools,
    median_ms: median(times),
    min_ms: Math.min(...times),
    max_ms: Math.max(...times),
    peak_resident_mib: median(contestant.starts.map((start) => start.bytes)) / 2 ** 20,
  };
}

function print(rows) {
  const cell = (text, width) => String(text).padStart(width);
  const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : "-");
  console.log(`${"".padEnd(38)}${["median ms", "min", "max", "ratio", "peak MiB", "tools"].map((h) => cell(h, 10)).join("")}`);
  for (const row of rows) {
    const columns = [number(row.median_ms, 0), number(row.min_ms, 0), number(row.max_ms, 0)];
    columns.push(number(row.ratio, 2), number(row.peak_resident_mib, 1), row.tools);
    console.log(row.name.padEnd(38) + columns.map((column) => cell(column, 10)).join(""));
  }
  console.log("ratio: median against that of the faster peer");
}

const home = mkdtempSync(join(tmpdir(), "chatelaine-cold-start-"));
try {
  const runs = Number(options.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a number from 1");
  const contestants = [
    ...[...new Set(options["java-home"])].map((javaHome) => chatelaine(javaHome, home)),
    peer("@bitwarden/mcp-server", {}),
    peer("@infisical/mcp", {
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "none",
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "none",
    }),
  ];
  for (const contestant of contestants) await prepare(contestant);
  for (let run = 0; run < runs; run++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(run + turn) % contestants.length];
      (contestant.starts ??= []).push(await coldStart(contestant));
    }
  }
  const rows = contestants.map(summarise);
  const fastest = Math.min(...rows.filter((row) => row.peer).map((row) => row.median_ms));
  for (const row of rows) row.ratio = row.median_ms / fastest;
  if (options.json) console.log(JSON.stringify({ runs, cpus: cpus().length, node: process.version, results: rows }, null, 2));
  else print(rows);
} finally {
  rmSync(home, { recursive: true, force: true });
}
