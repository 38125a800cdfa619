// One cold start: a process is started, asked like a host asks, and measured until it has answered tools/list.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const HANDSHAKE = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "cold-start", version: "1.0.0" },
};

/** Peak resident memory of a process and everything below it, in bytes; undefined where there is no /proc. */
function peakResident(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    let bytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
      for (const child of children ? children.split(" ") : []) bytes += peakResident(child) ?? 0;
    }
    return bytes;
  } catch {
    return undefined;
  }
}

/** Calls back with each line that is a JSON-RPC message. */
function onMessages(stream, handle) {
  let pending = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const lines = (pending + text).split("\n");
    pending = lines.pop();
    for (const line of lines) if (line.trim()) handle(JSON.parse(line));
  });
}

/**
 * Starts a server and resolves with `{ milliseconds, bytes, tools }`: the time from just before exec to the answer of
 * tools/list, the peak resident memory then, and the number of tools that it listed. Rejects when it does not answer.
 */
export function coldStart({ name, command, env }, limit = 60_000) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    let outcome;
    const killer = setTimeout(() => child.kill("SIGKILL"), limit);
    const send = (message) => child.stdin.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n");
    child.stdin.on("error", () => {});
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(killer);
      if (outcome) resolve(outcome);
      else reject(new Error(`${name} did not answer tools/list`));
    });
    onMessages(child.stdout, (message) => {
      if (message.id === 1 && message.result) {
        send({ method: "notifications/initialized" });
        send({ id: 2, method: "tools/list", params: {} });
      } else if (message.id === 2 && message.result?.tools?.length) {
        const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
        outcome = { milliseconds, bytes: peakResident(child.pid), tools: message.result.tools.length };
        child.stdin.end();
        setTimeout(() => child.kill("SIGKILL"), 2_000).unref();
      }
    });
    send({ id: 1, method: "initialize", params: HANDSHAKE });
  });
}
