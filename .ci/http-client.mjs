// The TypeScript SDK, a client that is not of this project's making, over both ways in and with a bearer token.
// Arguments: the server's address. Environment: TOKEN, and RIVAL of another tenant.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const server = process.argv[2];
const canary = 'http-client-canary-0123456789';
const ways = {
  streamable: (options) => new StreamableHTTPClientTransport(new URL(`${server}/mcp`), options),
  sse: (options) => new SSEClientTransport(new URL(`${server}/sse`), options),
};
let passed = 0;

async function check(what, body) {
  try {
    await body();
  } catch (error) {
    console.error(`not as expected: ${what}`);
    throw error;
  }
  passed += 1;
}

function transport(way, token) {
  return ways[way]({ requestInit: { headers: { Authorization: `Bearer ${token}` } } });
}

async function connect(way, token) {
  const client = new Client({ name: 'http-client', version: '1' });
  const by = transport(way, token);
  await client.connect(by);
  // What each tool's answers look like is checked against its output schema by the client, once it knows the tools.
  const { tools } = await client.listTools();
  const call = async (name, args = {}) => {
    const answer = await client.callTool({ name, arguments: args });
    assert.ok(!JSON.stringify(answer).includes(canary), 'a value was shown');
    return answer;
  };
  return { client, by, tools, call };
}

function failedWith(answer, code) {
  assert.equal(answer.isError, true, JSON.stringify(answer));
  assert.equal(answer.structuredContent.error.code, code);
}

async function statusOf(url, method, token, headers, message) {
  const response = await fetch(url, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: message && JSON.stringify(message),
  });
  await response.body?.cancel();
  return response.status;
}

async function tools(way) {
  const name = `${way}_demo`;
  const { client, tools: listed, call } = await connect(way, process.env.TOKEN);
  await check(`${way}: initialize`, () => assert.equal(client.getServerVersion().name, 'chatelaine'));
  await check(`${way}: tools/list`, () =>
    assert.deepEqual(
      listed.map((tool) => tool.name),
      ['configure_llm', 'list_byok_providers', 'manage_secrets'],
    ),
  );
  await check(`${way}: manage_secrets`, async () => {
    const created = await call('manage_secrets', { action: 'create', name, value: canary });
    assert.equal(created.structuredContent.secret.hint, '6789');
    const list = await call('manage_secrets', { action: 'list' });
    assert.ok(list.structuredContent.secrets.some((secret) => secret.name === name));
  });
  await check(`${way}: list_byok_providers`, async () =>
    assert.equal((await call('list_byok_providers')).structuredContent.providers.openai, false),
  );
  await check(`${way}: configure_llm`, async () => {
    const asked = { action: 'create', name, provider: 'openai', model: 'gpt-4.1-mini' };
    assert.match((await call('configure_llm', asked)).structuredContent.configuration.id, /^cfg_/);
  });
  await check(`${way}: errors`, async () => {
    failedWith(await call('manage_secrets', { action: 'create', name, value: 'another value' }), 'secret_exists');
    failedWith(await call('manage_secrets', { action: 'get', name: 'nothing' }), 'secret_not_found');
    failedWith(await call('manage_secrets', { action: 'steal' }), 'invalid_action');
    failedWith(await call('configure_llm', { action: 'delete', name }), 'permission_denied');
    await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });
  });
  await client.close();
}

async function tenants(way) {
  const { client, call } = await connect(way, process.env.RIVAL);
  await check(`${way}: another tenant sees nothing`, async () => {
    failedWith(await call('manage_secrets', { action: 'get', name: `${way}_demo` }), 'secret_not_found');
    assert.deepEqual((await call('manage_secrets', { action: 'list' })).structuredContent.secrets, []);
    assert.deepEqual((await call('configure_llm', { action: 'list' })).structuredContent.configurations, []);
  });
  await client.close();
}

async function unknown(way) {
  await check(`${way}: without a token of this instance`, () =>
    assert.rejects(new Client({ name: 'x', version: '1' }).connect(transport(way, 'no.such.token')), /401|[Uu]nauthorized/),
  );
}

const ping = { jsonrpc: '2.0', id: 77, method: 'ping' };

async function streamableSession() {
  const { client, by } = await connect('streamable', process.env.TOKEN);
  const session = { 'Mcp-Session-Id': by.sessionId, 'MCP-Protocol-Version': by.protocolVersion };
  const status = (method, token, message) => statusOf(`${server}/mcp`, method, token, session, message);
  await check('streamable: a session is its opener’s', async () => {
    assert.equal(await status('POST', process.env.RIVAL, ping), 404);
    assert.equal(await status('GET', process.env.RIVAL), 404);
    assert.equal(await status('DELETE', process.env.RIVAL), 404);
    assert.equal(await status('POST', process.env.TOKEN, ping), 200);
  });
  await check('streamable: terminating it', async () => {
    await by.terminateSession();
    assert.equal(await status('POST', process.env.TOKEN, ping), 404);
  });
  await client.close();
}

async function sseSession() {
  let messages;
  const spy = ways.sse({
    requestInit: { headers: { Authorization: `Bearer ${process.env.TOKEN}` } },
    fetch: (url, init) => {
      if (init?.method === 'POST') messages = url;
      return fetch(url, init);
    },
  });
  const client = new Client({ name: 'http-client', version: '1' });
  await client.connect(spy);
  await check('sse: a session is its opener’s', async () => {
    assert.equal(await statusOf(messages, 'POST', process.env.RIVAL, {}, ping), 404);
    assert.equal(await statusOf(messages, 'POST', process.env.TOKEN, {}, ping), 200);
  });
  await client.close();
}

for (const way of Object.keys(ways)) {
  await tools(way);
  await tenants(way);
  await unknown(way);
}
await streamableSession();
await sseSession();
console.log(`${passed} passed, 0 failed`);
process.exit(0);
